import { type Day, isDay } from '../../core/calendar/day.ts';
import type { ComparedNumbers } from '../compared-metrics.ts';
import type { Part } from './export-parts.ts';

/** It is written last, so a cut export has none. */
export const manifestName = 'manifest.json';
export const notesName = 'notes.csv';
const format = 'footfall-export';
const version = 1;

/** What a file of an export holds, so that a cut or changed one is noticed. */
export interface ExportedFile {
  name: string;
  /** The bare host of its site. Empty for hits without a site. Absent for notes. */
  site?: string;
  rows: number;
  sha256: string;
  /** What its pages have. Refused hits are in none. Absent for notes. */
  sums?: ComparedNumbers;
}

/** The table of contents of an export. */
export interface Manifest {
  format: typeof format;
  version: typeof version;
  /** The first and the last day of the range. */
  first: Day;
  last: Day;
  /** Which part of the export the file is. Absent for all of it. */
  part?: Part;
  /** The settings that numbers depend on, by their names. */
  settings: Record<string, string>;
  /** The bare host of each site, and its first day in the range. Empty for hits without a site. */
  sites: { site: string; first: Day }[];
  files: ExportedFile[];
}

export const manifestOf = (contents: Omit<Manifest, 'format' | 'version'>): Manifest => ({
  format,
  version,
  ...contents,
});

/** Returns whether a file that begins with this text is a manifest. */
export const isManifest = (head: string): boolean => /^\s*\{\s*"format":\s*"footfall-export"/.test(head);

/** Returns the manifest in a text, what is wrong with it, or undefined if it is that of something else. */
export function parseManifest(text: string): Manifest | string | undefined {
  const found = parsed(text);
  if (found?.format !== format) return undefined;
  if (found.version !== version)
    return `The export has version ${found.version}, and this Footfall reads version ${version}: update Footfall.`;
  return isWhole(found) ? (found as Manifest) : `${manifestName} lacks a part: export again.`;
}

function parsed(text: string): (Partial<Manifest> & { version?: unknown }) | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isWhole = ({ first, last, part, settings, sites, files }: Partial<Manifest>): boolean =>
  [first, last].every((day) => isDay(String(day))) &&
  (part === undefined || (part.number >= 1 && part.number <= part.of)) &&
  typeof settings === 'object' &&
  settings !== null &&
  Object.values(settings).every(isText) &&
  Array.isArray(sites) &&
  sites.every((each) => isText(each?.site) && isDay(String(each.first))) &&
  Array.isArray(files) &&
  files.every((each) => isText(each?.name) && each.rows >= 0 && isText(each.sha256));

/** A receipt shows these texts. They must not change the terminal. */
const isText = (value: unknown): boolean => typeof value === 'string' && !/\p{C}/u.test(value);
