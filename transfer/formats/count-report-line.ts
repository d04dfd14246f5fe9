import type { Day } from '../../core/calendar/day.ts';
import type { Audience } from '../../core/collect/audience.ts';
import { isSpam } from '../../core/collect/referrer.ts';
import { audienceNames } from '../foreign-names/audience-named.ts';
import type { ImportScope, Sink } from '../format.ts';
import { originCounters, referrerFrom } from './origin-counters.ts';
import { parseDay } from './parse-time.ts';
import { hasDate, hostOf, numberOf, originOf, type ReportCells, urlOf, visitNumbers } from './report-cells.ts';
import { labelsOf, type ReportTable, type TableKind } from './report-table.ts';
import { foreignPage, isHostOfSite } from './site-hosts.ts';
import { addToDay, type TableSums } from './table-sums.ts';

/** A line of a report, and what its export counted before. */
interface ReportLine {
  table: ReportTable;
  cells: ReportCells;
  /** The number of the table that counts a day, by kind and day. */
  owners: Map<string, number>;
  sums: TableSums;
  scope: ImportScope;
  sink: Sink;
}

/** Passes the numbers of a line of a report to a sink, and adds them to the sums of the export. */
export function countReportLine(line: ReportLine): void {
  const { table, cells, owners, scope, sink } = line;
  const { kind, number } = table;
  if (kind === undefined) sink.drop('other tables', 'no date, or labels that are not counted');
  else if (!hasDate(cells)) sink.drop(kind, 'total');
  else {
    const day = parseDay(cells.date ?? cells.hour?.slice(0, 8) ?? '');
    const owner = owners.get(`${kind} ${day}`) ?? number;
    owners.set(`${kind} ${day}`, owner);
    if (owner !== number) sink.drop(kind, 'day that an earlier table has');
    else if (!isHostOfSite(hostOf(cells), scope)) dropForeign(line, day, kind);
    else readers[kind](line, day);
  }
}

/** The numbers of the site have those of its other hosts. So do the numbers of pages, before the rest is counted. */
function dropForeign({ cells, sums, sink }: ReportLine, day: Day, kind: TableKind): void {
  if (kind === 'pages') addToDay(sums.pages, day, { views: numberOf(cells.views) });
  if (kind === 'landing pages') addToDay(sums.pages, day, visitNumbers(cells));
  sink.drop(kind, foreignPage(hostOf(cells)));
}

const readers: Record<TableKind, (line: ReportLine, day: Day) => void> = {
  dates({ cells, sums }, day) {
    addToDay(sums.site, day, {
      views: numberOf(cells.views),
      site_visitors: numberOf(cells.users),
      ...visitNumbers(cells),
    });
  },
  pages({ table, cells, sums, sink }, day) {
    const views = numberOf(cells.views);
    // A user of two countries or hours has two lines.
    const isAlone = labelsOf(table.columns).length === 1 && !table.columns.includes('hour');
    const hour = cells.hour?.slice(8, 10);
    sink.counts('pages', {
      day,
      url: urlOf(cells),
      counters: {
        views,
        ...(isAlone && { visitors: numberOf(cells.users) }),
        ...(hour !== undefined && /^([01]\d|2[0-3])$/.test(hour) && { [`hour_${hour}`]: views }),
      },
      told: { views },
    });
    addToDay(sums.pages, day, { views });
  },
  'landing pages'({ cells, sums, sink }, day) {
    const numbers = visitNumbers(cells);
    const told = { visits: numbers.visits };
    sink.counts('landing pages', { day, url: urlOf(cells), counters: numbers, told });
    addToDay(sums.pages, day, numbers);
  },
  sources({ cells, scope, sink }, day) {
    const [views, visits] = [numberOf(cells.views), numberOf(cells.sessions)];
    const origin = originOf(cells);
    if (isSpam(origin.referrer)) return sink.drop('sources', 'spam');
    const referrer = referrerFrom(origin.referrer, scope);
    const counters = originCounters({ ...origin, referrer }, { views, visits });
    sink.counts('sources', { day, url: undefined, counters });
  },
  country: namesOf('country'),
  device: namesOf('device'),
  browser: namesOf('browser'),
  os: namesOf('os'),
  language: namesOf('language'),
};

function namesOf(column: keyof Audience) {
  return ({ cells, sink }: ReportLine, day: Day): void => {
    const counter = `${column}_${audienceNames[column](cells[column] ?? '')}`;
    sink.counts(column, { day, url: undefined, counters: { [counter]: numberOf(cells.sessions) } });
  };
}
