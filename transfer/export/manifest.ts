import { type Day, isDay } from '../../core/calendar/day.ts';
import type { ComparedMetric } from '../format.ts';
import type { Slice } from './count-rows.ts';

/** The first file name of an export to look for. It is written last. */
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
  sums?: Record<ComparedMetric, number>;
}

/** The table of contents of an export. */
export interface Manifest {
  format: typeof format;
  version: typeof version;
  /** The first and the last day of the range. */
  first: Day;
  last: Day;
  /** Which part of its pages it has. Absent for all. */
  slice?: Slice;
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

/** Returns the manifest in a text, what is wrong with it, or undefined if it is that of something else. */
export function parseManifest(text: string): Manifest | string | undefined {
  let found: Partial<Manifest> & { version?: unknown };
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (found?.format !== format) return undefined;
  if (found.version !== version)
    return `The export has version ${found.version}, and this Footfall reads version ${version}: update Footfall.`;
  return isWhole(found) ? found : `${manifestName} lacks a part: export again.`;
}

const isWhole = (found: Partial<Manifest>): found is Manifest =>
  isDay(found.first ?? '') &&
  isDay(found.last ?? '') &&
  typeof found.settings === 'object' &&
  Array.isArray(found.sites) &&
  found.sites.every(({ site, first }) => typeof site === 'string' && isDay(first)) &&
  Array.isArray(found.files) &&
  found.files.every(({ name, rows, sha256 }) => typeof name === 'string' && rows >= 0 && typeof sha256 === 'string');
