import { createHash } from 'node:crypto';
import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';
import { siteOf } from '../core/counters/names.ts';
import { isImportName } from '../core/report/imported-days.ts';
import type { Progress } from '../local/progress.ts';
import type { ImportsStore } from '../store/imports.ts';
import { readImport } from './days/read-import.ts';
import type { Taken } from './days/taken.ts';
import type { OpenedFiles } from './files/open-files.ts';
import { finishImport, type ImportPlace, type ImportResult } from './finish-import.ts';
import { type Entry, UnreadableFile } from './format.ts';
import { recognize } from './formats.ts';

/** What to import. */
export interface WantedImport {
  files: OpenedFiles;
  /** The site's origin as in the address bar. */
  origin: string;
  /** By default, made from the format and the content. */
  name: string | undefined;
  isDryRun: boolean;
}

/**
 * Imports an export: reads it, stores its summaries, and compares the sums of both. Throws an Error that says what is
 * wrong. Then nothing of the import shows.
 */
export async function runImport(wanted: WantedImport, place: ImportPlace): Promise<ImportResult> {
  const { store, settings, now, showing } = place;
  const { entries, progress } = wanted.files;
  const format = recognize(entries);
  assertDifferent(entries);
  const site = siteOf(new URL(wanted.origin).host);
  const name = wanted.name ?? importNameOf(format.name, site, entries, progress.all);
  assertImportName(name);
  const today = dayAt(now, settings.timeZone);
  const whyLeftOut = await daysLeftOut(store, { site, name }, { today, last: dayAfter(today, -1) }, now);
  const taken: { current?: Taken } = {};
  const options = { ...settings, origin: wanted.origin, now, whyLeftOut };
  const read = await showing(readingProgress(progress, taken), () =>
    readImport(format, entries, options, (begun) => {
      taken.current = begun;
    }),
  );
  try {
    const facts = {
      ...{ name, site, tool: format.title, timeZone: settings.timeZone, lacks: format.lacks },
      ...{ files: entries.map((entry) => entry.name), days: read.days, taken: read.taken },
    };
    return await finishImport(read, facts, wanted.isDryRun, place);
  } finally {
    read.close();
  }
}

/** Throws `UnreadableFile` if two files begin alike: all their lines would count twice. A header alone says too little. */
function assertDifferent(entries: Entry[]): void {
  const names = new Map<string, string>();
  for (const { name, head } of entries.filter((each) => each.head.trim().includes('\n'))) {
    const other = names.get(head);
    if (other !== undefined) throw new UnreadableFile(`${other} and ${name} have the same lines. Name each file once.`);
    names.set(head, name);
  }
}

/** Throws an Error that says what a name has, unless a text is one. */
export function assertImportName(name: string): void {
  if (!isImportName(name))
    throw new Error(
      `"${name}" is not a valid name. Use up to 40 lowercase letters, digits and hyphens, like umami-2024.`,
    );
}

/** Returns a name that an export keeps when it is imported again, and that another export has not. */
export function importNameOf(format: string, site: string, entries: Entry[], bytes: number): string {
  const content = [site, bytes, ...entries.map(({ head }) => head).sort()];
  return `${format}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 6)}`;
}

/** Returns what says why a day is left out, or undefined. `last` is the last day that an import can have. */
export async function daysLeftOut(
  store: ImportsStore,
  of: { site: string; name: string },
  { today, last }: { today: Day; last: Day },
  now: number,
) {
  const [firstLive, taken] = await Promise.all([store.firstLiveDay(of, today, now), store.daysTaken(of)]);
  return (day: Day): string | undefined => {
    if (firstLive && day >= firstLive) return 'counted live';
    if (taken.has(day)) return 'in another import';
    return day > last ? 'not over yet' : undefined;
  };
}

/** Returns the progress of reading: bytes, lines and their rate. */
function readingProgress(bytes: { done: number; all: number }, taken: { current?: Taken }): Progress {
  const start = performance.now();
  return {
    all: bytes.all,
    get done() {
      return Math.min(bytes.done, bytes.all);
    },
    get note() {
      const lines = [...(taken.current?.tables.values() ?? [])].reduce(
        (sum, { kept, dropped }) => sum + kept + [...dropped.values()].reduce((all, count) => all + count, 0),
        0,
      );
      const rate = Math.round(lines / Math.max(0.001, (performance.now() - start) / 1000));
      return `${lines.toLocaleString('en-US')} lines, ${rate.toLocaleString('en-US')} a second`;
    },
  };
}
