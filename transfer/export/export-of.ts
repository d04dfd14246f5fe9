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

/** Which days to export, and of which site. */
export interface Wanted {
  first: Day;
  last: Day;
  /** As in `SITES`. Undefined for all, and for what belongs to no site. */
  site: string | undefined;
}

/** Returns what an export of a range holds. Sites that are no longer in `SITES` are among all sites. */
export function exportOf({ first, last, site }: Wanted, rolledUp: RolledUp, notes: Note[], env: Environment): Export {
  const settings = Object.fromEntries(exportedSettings.map((name) => [name, String(readSetting(name, env))]));
  if (site !== undefined) settings.SITES = site;
  const counted = [...readSetting('SITES', env).map(siteOf), ...rolledUp.since.keys()];
  const sites = site === undefined ? [...[...new Set(counted)].sort(), noSite] : [siteOf(site)];
  return {
    ...{ first, last, settings },
    sites: sites.map((each) => {
      const since = firstCountedDay(rolledUp, each || undefined) ?? first;
      return {
        site: each,
        first: since > first ? since : first,
        dates: exportedDates(each, { first, last }, rolledUp),
      };
    }),
    notes: notesFor(notes, site, site),
  };
}
