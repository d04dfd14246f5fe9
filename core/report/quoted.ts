const maxLength = 40;

/** Returns a text from outside in quotes for an error message, without the end of a long text. */
export function quoted(text: string): string {
  const letters = [...text];
  return `"${letters.length > maxLength ? `${letters.slice(0, maxLength).join('')}…` : text}"`;
}
