const maxLength = 64;
const invisible = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A value from outside (a source, a campaign, …) as the name of a counter: lower case, NFC, trimmed, without control
 * and direction-changing characters, at most 64 characters. Empty where nothing is left.
 */
export function nameOf(value: string): string {
  const clean = value.toWellFormed().toLowerCase().replace(invisible, '').normalize('NFC').trim();
  return [...clean].slice(0, maxLength).join('').trim();
}
