/** A whole number in groups of three: `1,234`. Intl would do it, for 25 ms of each cold start. */
export const grouped = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** A whole number in five characters at most: `12,345` is `12.3k`. */
export function shortened(number: number): string {
  if (number < 10_000) return grouped(number);
  const unit = number < 999_500 ? 'k' : number < 999_500_000 ? 'M' : 'G';
  const value = number / { k: 1e3, M: 1e6, G: 1e9 }[unit];
  return `${value < 99.95 ? value.toFixed(1).replace('.0', '') : Math.round(value)}${unit}`;
}

/** `1 view`, `2 views`. */
export const counted = (number: number, noun: string) => `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;

/** `Day`, of `day`. */
export const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

// Marks that turn the direction in which a text reads.
const turns = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name as it can be shown: it reads in its own direction, and one of spaces only says so. */
export const visible = (name: string) => name.replace(turns, '').trim() || '(blank)';
