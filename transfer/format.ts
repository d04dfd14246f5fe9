import type { Day } from '../core/calendar/day.ts';
import type { Audience, Client } from '../core/collect/audience.ts';
import type { Campaign } from '../core/collect/hit.ts';
import type { Counters } from '../core/counters/names.ts';
import type { ComparedNumbers } from './compared-metrics.ts';

/** One file of an export: a file by itself, or an entry of an archive. */
export interface Entry {
  /** Its name. In an archive, its path. It is shown, and never used as a path. */
  name: string;
  /** The first 64 KB, as text. */
  head: string;
  /** Returns its bytes, unpacked. Each call begins anew. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A view of a page, or an event on it, as a tool recorded it. All texts are untrusted. */
export interface ImportedView {
  /** In milliseconds since 1970. */
  time: number;
  /** A URL, or a path of the site. */
  url: string;
  /** The same text for all views of one visitor on a day. Empty if the tool does not tell. */
  visitor: string;
  /** The same text for all views of one visit. Without it, a pause of half an hour ends a visit. */
  visit?: string | undefined;
  /** What `document.referrer` held, or a host. Empty if unknown. */
  referrer: string;
  /** The utm parameters, named without `utm_`. */
  campaign: Campaign;
  /** A browser as it described itself: bots are then refused as live hits are. Else the words of it that the tool keeps. */
  client: Client | Audience;
  /** The name of the event. Undefined for a view. */
  event?: string | undefined;
}

/** Numbers that a tool added up, as counters of one page and day. */
export interface ImportedCounts {
  day: Day;
  /** A URL, or a path of the site. Undefined for numbers of the whole site. */
  url: string | undefined;
  /** Zeros count as none. */
  counters: Counters;
  /** What the file itself says of them, for the receipt. */
  told?: Told;
}

export type Told = Partial<ComparedNumbers>;

/** What takes the records of an export. A table is a part of it: `imported_pages`, `website_event.csv`. */
export interface Sink {
  /**
   * Takes a record of a table as a view or an event. It normalizes the texts, and drops what is not of the site. Throws
   * `UnreadableFile` if the time is before 1990 or to come.
   */
  view(table: string, view: ImportedView): void;
  /** Does the same with counters. Their names are normalized already. */
  counts(table: string, counts: ImportedCounts): void;
  /** Notes that a record is left out, and why. */
  drop(table: string, reason: string): void;
}

/** Which days and pages an import takes. */
export interface ImportScope {
  /** The site's host, without `www.`. */
  site: string;
  timeZone: string;
  /** In milliseconds since 1970. A record that is later is broken. */
  now: number;
}

/** A file that cannot be imported. The message says what is wrong, where, and what to do. */
export class UnreadableFile extends Error {}

/** A format of exports. */
export interface Format {
  /** As in an import's name and in `npm run import -- --help`: `plausible`. */
  name: string;
  /** The tool, as it spells itself. */
  title: string;
  /** What the format cannot tell, for the receipt: `hours`, `pages by source`. */
  lacks: readonly string[];
  /** Returns whether these files are of this format, by their content. A text says what to export instead. */
  recognizes(entries: Entry[]): boolean | string;
  /** Passes all records to a sink. Throws `UnreadableFile` with the line if a file breaks the format. */
  read(entries: Entry[], scope: ImportScope, sink: Sink): Promise<void>;
}
