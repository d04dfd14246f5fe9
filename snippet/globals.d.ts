/** The address of /track, put in by embed.ts. */
declare const ENDPOINT: string;

interface Document {
  /** Where browsers render pages before they are opened. */
  prerendering?: boolean;
}

interface Window {
  footfall(event: string): void;
}
