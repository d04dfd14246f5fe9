/** Bytes of a name in UTF-8. An item of the table must stay small. */
export const maxNameBytes = 64;
// Controls, format characters and line ends. The two joiners stay, because emoji and Indic scripts need them.
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Returns the name under which a value from outside is counted: lower case, NFC, trimmed, without invisible
 * characters, at most 64 bytes. Returns an empty text if nothing is left.
 */
export function normalizeName(value: string): string {
  const clean = value.toWellFormed().toLowerCase().replace(invisible, '').normalize('NFC').trim();
  return firstBytes(clean).replace(/^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g, '');
}

/** Cuts a text without splitting a character. */
function firstBytes(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxNameBytes));
  return text.slice(0, read);
}
