const maxLength = 64;
// Controls, format characters and line ends; the joiners of emoji and of Indic scripts are letters' business.
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value from outside (a source, a campaign, …) as the name of a counter: lower case, NFC, trimmed, without
 * invisible characters, at most 64 characters. Empty where nothing is left.
 */
export function normalizeName(value: string): string {
  const clean = value.toWellFormed().toLowerCase().replace(invisible, '').normalize('NFC').trim();
  return [...clean]
    .slice(0, maxLength)
    .join('')
    .replace(/^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g, '');
}
