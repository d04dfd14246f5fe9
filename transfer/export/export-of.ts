import { type Environment, readSetting, type SettingName } from '../../config/settings.ts';
import type { Day } from '../../core/calendar/day.ts';
import { siteOf } from '../../core/counters/names.ts';
import { noSite } from '../../core/counters/summary.ts';
import { type Note, notesFor } from '../../core/report/notes.ts';
import { firstCountedDay, type RolledUp } from '../../core/report/parts.ts';
import { exportedDates } from './exported-dates.ts';
import type { Export } from './write-export.ts';

/** The settings that numbers depend on. None is a secret. */
const exportedSettings = [
  ...['SITES', 'TIME_ZONE', 'PAGE_URLS', 'VISITORS', 'MAX_PAGES_PER_DAY', 'MAX_NAMES_PER_DIMENSION'],
  ...['DETAIL_DAYS', 'RETENTION_DAYS'],
] as SettingName[];

/** Settings by their names. */
export type ExportedSettings = Record<string, string>;

/** Returns the settings that numbers depend on. */
export const exportedSettingsOf = (env: Environment): ExportedSettings =>
  Object.fromEntries(exportedSettings.map((name) => [name, String(readSetting(name, env))]));

/** Which days to export, and of which site. */
interface ExportedRange {
  first: Day;
  last: Day;
  /** As in `SITES`. Undefined for all, and for what belongs to no site. */
  site: string | undefined;
}

/** Returns the sites of an export by their bare hosts, with their dates. Of all, sites that are no longer listed, too. */
export function exportedSites(
  { first, last, site }: ExportedRange,
  rolledUp: RolledUp,
  listed: string[],
): Export['sites'] {
  const { since, imports } = rolledUp;
  const known = [...listed.map(siteOf), ...since.keys(), ...imports.map((each) => each.site)];
  const all = [...new Set(known)].filter((each) => each !== noSite).sort();
  return (site === undefined ? [...all, noSite] : [siteOf(site)]).map((each) => {
    const counted = firstCountedDay(rolledUp, each || undefined) ?? first;
    const begun = counted > first ? counted : first;
    return { site: each, first: begun, dates: exportedDates(each, { first: begun, last }, rolledUp) };
  });
}

/** Returns what an export of a range holds. */
export function exportOf(wanted: ExportedRange, rolledUp: RolledUp, notes: Note[], env: Environment): Export {
  const { first, last, site } = wanted;
  const settings = exportedSettingsOf(env);
  if (site !== undefined) settings.SITES = site;
  const sites = exportedSites(wanted, rolledUp, readSetting('SITES', env));
  return { first, last, settings, sites, notes: notesFor(notes, site, site) };
}
