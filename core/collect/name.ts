/** Characters of a name. */
export const maxNameLength = 64;
// Controls, format characters and line ends. The two joiners stay, because emoji and Indic scripts need them.
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Returns the name under which a value from outside is counted: lower case, NFC, trimmed, without invisible
 * characters, at most 64 characters. Returns an empty text if nothing is left.
 */
export function normalizeName(value: string): string {
  const clean = value.toWellFormed().toLowerCase().replace(invisible, '').normalize('NFC').trim();
  return [...clean]
    .slice(0, maxNameLength)
    .join('')
    .replace(/^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g, '');
}
