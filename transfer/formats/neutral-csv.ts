import { normalizeName } from '../../core/collect/name.ts';
import { type DimensionName, dimensionNames, dimensions } from '../../core/counters/dimensions.ts';
import { type Counters, direct, unknown } from '../../core/counters/names.ts';
import { eachRow, hasColumns, type Row } from '../files/records.ts';
import { audienceNamed, audienceNames } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import { type Entry, type Format, type ImportScope, type Sink, type Told, UnreadableFile } from '../format.ts';
import { utmColumns, utmOf } from './origin-counters.ts';
import { parseCount } from './parse-count.ts';
import { parseDay, parseTime } from './parse-time.ts';
import { foreignPage, hostNamed, isHostOfSite } from './site-hosts.ts';

const viewColumns = [
  ...['time', 'url', 'visitor', 'visit', 'event', 'referrer'],
  ...utmColumns,
  ...['country', 'language', 'device', 'browser', 'os'],
] as const;
const numbers = ['views', 'visitors', 'site_visitors', 'visits', 'engaged', 'seconds'] as const;
const dayColumns = ['date', 'url', ...numbers, 'dimension', 'name', 'count'] as const;

/** Footfall's own CSV (docs/importing.md): a line for each view or event, or for numbers of a page and day. */
export const neutralCsv: Format = {
  name: 'csv',
  title: 'CSV',
  lacks: [],
  recognizes: (entries) => entries.some((entry) => hasViews(entry) || hasDays(entry)),
  async read(entries, scope, sink) {
    for (const entry of entries) {
      if (hasViews(entry)) await eachRow(entry, viewColumns, (row) => takeView(entry.name, row, sink));
      else if (hasDays(entry)) await eachRow(entry, dayColumns, (row) => takeDay(entry.name, row, scope, sink));
      else sink.drop(entry.name, 'unknown table');
    }
  },
};

const hasViews = (entry: Entry) => hasColumns(entry, 'time', 'url', 'visitor');
const hasDays = (entry: Entry) =>
  hasColumns(entry, 'date', 'url', 'views') || hasColumns(entry, 'date', 'url', 'dimension', 'name', 'count');

function takeView(table: string, row: Row<(typeof viewColumns)[number]>, sink: Sink): void {
  sink.view(table, {
    ...{ time: parseTime(row.time), url: row.url, visitor: row.visitor, referrer: row.referrer },
    ...(row.visit !== '' && { visit: row.visit }),
    ...(row.event !== '' && { event: row.event }),
    campaign: utmOf(row),
    client: audienceNamed(row),
  });
}

function takeDay(table: string, row: Row<(typeof dayColumns)[number]>, scope: ImportScope, sink: Sink): void {
  if (!isHostOfSite(hostNamed(row.url), scope)) {
    sink.drop(table, foreignPage(row.url));
    return;
  }
  const day = parseDay(row.date);
  const url = row.url === '' ? undefined : row.url;
  const counters: Counters = {};
  for (const number of numbers) counters[number] = parseCount(row[number]);
  const { views = 0, visits = 0, site_visitors: visitors = 0 } = counters;
  const told: Told = { views, visits, visitors };
  const count = parseCount(row.count);
  if (row.dimension !== '') {
    const dimension = dimensionNamed(row.dimension);
    const name = nameOf(dimension, row.name);
    counters[`${dimension}_${name}`] = count;
    if (dimension === 'event') told.events = count;
  }
  sink.counts(table, { day, url, counters, told });
}

function dimensionNamed(text: string): DimensionName {
  const found = dimensionNames.find((name) => name === text);
  if (found && dimensions[found].from !== 'channel') return found;
  const names = dimensionNames.filter((name) => dimensions[name].from !== 'channel').join(', ');
  throw new UnreadableFile(`"${text.slice(0, 40)}" is not a dimension. Write one of ${names}.`);
}

const named: { [dimension in DimensionName]?: (text: string) => string } = {
  ...audienceNames,
  referrer: (text) => linkNamed(text) || direct,
};

/** Returns the name under which a live hit would count. */
const nameOf = (dimension: DimensionName, text: string): string =>
  named[dimension]?.(text) ?? (normalizeName(text) || unknown);
