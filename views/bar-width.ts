/** Returns the class of a bar as wide as its share of the highest count, in percent: `w37`. */
export const barWidth = (count: number, highest: number): string =>
  `w${count > 0 ? Math.max(1, Math.round((100 * count) / highest)) : 0}`;

/** Returns the rules of these classes. A policy without inline styles needs a class for each width. */
export const barWidthRules = (): string =>
  Array.from({ length: 100 }, (_, i) => `.w${i + 1}{--bar:${i + 1}%}`).join('');
