/** Returns a value as a literal of SQL. DuckDB and Athena know no escape in it but the doubled quote. */
export function sqlText(value: string): string {
  if (value.includes('\0')) throw new Error('A value has a character that SQL cannot hold: remove it.');
  return `'${value.replaceAll("'", "''")}'`;
}
