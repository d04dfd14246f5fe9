/**
 * Returns a text without the semicolon at its end, if it is one select. Throws an Error that says what to do otherwise. It
 * keeps mistakes out. What protects the data are the rights: DuckDB can open only the lake, and Athena runs no other statement
 * that begins like this.
 */
export function oneSelect(sql: string): string {
  const bare = sql.replace(texts, (text) => (text.startsWith('-') || text.startsWith('/') ? ' ' : "''"));
  const statements = bare.split(';').filter((statement) => statement.trim() !== '');
  if (statements.length === 0) throw new Error('Ask a question: npm run ask -- "select count(*) from events".');
  if (statements.length > 1) throw new Error('Ask one select at a time: remove what follows the semicolon.');
  if (!/^[\s(]*(select|with)\b/i.test(bare))
    throw new Error('The lake is read-only. Ask a select, or begin with "with".');
  return sql.replace(/[\s;]*$/, '');
}

// Strings, quoted names and comments may hold semicolons.
const texts = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
