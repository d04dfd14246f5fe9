/** What a link on the dashboard leads to; what is left out stays as it is, or is the usual. */
export interface Asked {
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  site?: string | undefined;
}

/** Makes the addresses of links. */
export type LinkTo = (asked: Asked) => string;

/** A dashboard's address, relative to itself: all its state is in the query. */
export function addressOf(asked: Asked): string {
  const known = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `?${new URLSearchParams(known)}`;
}
