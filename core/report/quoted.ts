const longest = 40;

/** What somebody asked for, to be named in a sentence: in quotes, and not all of it where it is long. */
export function quoted(text: string): string {
  const letters = [...text];
  return `"${letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text}"`;
}
