/** A whole number in groups of three: `1,234`. Intl would do it, for 25 ms of each cold start. */
export const grouped = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 view`, `2 views`. */
export const counted = (number: number, noun: string) => `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;

/** `Day`, of `day`. */
export const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
