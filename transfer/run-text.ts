/** Returns the first and the last of some dates as text: `2026-10 to 2026-11`. */
export const runText = ({ first, last }: { first: string; last: string }): string =>
  first === last ? first : `${first} to ${last}`;
