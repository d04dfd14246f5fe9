/** The URL of /track, put in by embed.ts. */
declare const ENDPOINT: string;
/** Matches the hosts on which the blocks send, put in by embed.ts. */
declare const HOSTS: RegExp;

interface Document {
  /** Where browsers render pages before they are opened. */
  prerendering?: boolean;
}

/** What tells that a block runs already: pages paste it twice, and some routers run scripts again. */
interface History {
  footfall?: 1;
  footfallEvents?: 1;
}

interface Window {
  footfall(event: string): void;
}
