import { type Day, dayAt } from '../../core/calendar/day.ts';
import { siteOf } from '../../core/counters/names.ts';
import { noSite } from '../../core/counters/summary.ts';
import type { Note } from '../../core/report/notes.ts';
import type { ExportedSettings } from '../export/export-of.ts';
import type { OpenedFiles } from '../files/open-files.ts';
import { finishImport, type ImportPlace, type ImportResult } from '../finish-import.ts';
import { assertImportName, daysLeftOut, importNameOf } from '../run-import.ts';
import { ownExports } from './exported-files.ts';
import { readOwnImport } from './read-own-import.ts';

/** What to import of an export of Footfall. */
export interface WantedOwnImport {
  files: OpenedFiles;
  /** The one site, as in `SITES`. By default all sites of the export that are in `SITES`, and hits without a site. */
  site: string | undefined;
  /** By default, made from the content. For one site only. */
  name: string | undefined;
  isDryRun: boolean;
}

/** What the installation has, that an export of Footfall is imported into. */
export interface OwnPlace extends ImportPlace {
  sites: string[];
  exportedSettings: ExportedSettings;
  notes: { read(first: Day, last: Day): Promise<Note[]>; write(note: Note): Promise<void> };
}

/** The results of the imports of all sites. */
export interface OwnResult {
  results: ImportResult[];
  /** Sites of the export that are not in `SITES`. */
  unlisted: string[];
  /** How many notes were put back, and how many were not, because their day has one. */
  notes: { written: number; kept: number };
}

/** Imports an export of Footfall: each site by itself, and the notes. Throws an Error that says what is wrong. */
export async function runOwnImport(wanted: WantedOwnImport, place: OwnPlace): Promise<OwnResult> {
  const exports = await ownExports(wanted.files.entries);
  const [{ manifest }] = exports as [(typeof exports)[number]];
  const exported = [...new Set(exports.flatMap(({ manifest }) => manifest.sites.map(({ site }) => site)))];
  const listed = place.sites.map(siteOf);
  const isAsked = (site: string) => wanted.site === undefined || site === siteOf(wanted.site);
  const sites = exported.filter((site) => isAsked(site) && (site === noSite || listed.includes(site)));
  const unlisted = exported.filter((site) => isAsked(site) && site !== noSite && !listed.includes(site));
  if (sites.every((site) => site === noSite))
    throw new Error(
      `The export has ${exported.filter(Boolean).join(', ')}, but SITES has ${listed.join(', ')}. Add the site to SITES and deploy, then import.`,
    );
  if (wanted.name !== undefined && sites.length > 1)
    throw new Error(`--name is for one site, and the export has ${sites.length - 1}. Add --site.`);
  const differing = differences(manifest.settings, place.exportedSettings);
  const result: OwnResult = { results: [], unlisted, notes: { written: 0, kept: 0 } };
  const days = exports.flatMap(({ manifest: { first, last } }) => [first, last]).sort();
  const known = wanted.isDryRun ? [] : await place.notes.read(days[0] as Day, days.at(-1) as Day);
  for (const site of sites) {
    const notes = await importSite(site);
    if (!wanted.isDryRun) await putBack(notes);
  }
  return result;

  async function importSite(site: string): Promise<Note[]> {
    const { entries, progress } = wanted.files;
    const { store, settings, now, showing } = place;
    const name = wanted.name ?? importNameOf('footfall', site, entries, progress.all);
    assertImportName(name);
    const today = dayAt(now, settings.timeZone);
    // Unlike other tools, an export of Footfall can have numbers of today.
    const whyLeftOut = await daysLeftOut(store, { site, name }, { today, last: today }, now);
    const { summaryCaps } = settings;
    const read = await showing({ ...progress, note: '' }, () =>
      readOwnImport(exports, { site, whyLeftOut, summaryCaps }),
    );
    try {
      if (read.taken.tables.size > 0) {
        const facts = {
          ...{ name, site, tool: 'Footfall', timeZone: settings.timeZone, lacks: [], differing },
          ...{ files: [...read.taken.tables.keys()], days: read.days, taken: read.taken },
        };
        result.results.push(await finishImport(read, facts, wanted.isDryRun, place));
      }
      return read.notes;
    } finally {
      read.close();
    }
  }

  /** Writes notes about listed sites, unless their day has one. */
  async function putBack(notes: Note[]): Promise<void> {
    const ofListed = notes.flatMap((note) => {
      const host = place.sites.find((each) => siteOf(each) === siteOf(note.site));
      return note.site === '' ? [note] : host ? [{ ...note, site: host }] : [];
    });
    for (const note of ofListed) {
      const isThere = known.some(({ day, site }) => day === note.day && site === note.site);
      if (!isThere) await place.notes.write(note);
      result.notes[isThere ? 'kept' : 'written']++;
    }
  }
}

/** Returns a line for each setting that differs. */
function differences(exported: ExportedSettings, here: ExportedSettings): string[] {
  return Object.entries(exported)
    .filter(([name, value]) => name in here && here[name] !== value)
    .map(([name, value]) => `${name}: ${value} in the export, ${here[name]} here`);
}
