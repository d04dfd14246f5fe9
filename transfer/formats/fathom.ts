import type { Day } from '../../core/calendar/day.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { isSpam } from '../../core/collect/referrer.ts';
import type { Counters } from '../../core/counters/names.ts';
import { memoized } from '../days/memoized.ts';
import { eachRow, hasColumns, type Row } from '../files/records.ts';
import { audienceNamed } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import { type Entry, type Format, type ImportScope, type Sink, UnreadableFile } from '../format.ts';
import { countEvent } from './count-event.ts';
import { campaignNamed, originCounters, referrerFrom, utmColumns, utmOf } from './origin-counters.ts';
import { parseCount } from './parse-count.ts';
import { parseDay, parseTime } from './parse-time.ts';
import { foreignPage, hostNamed, isHostOfSite } from './site-hosts.ts';

const columns = [
  ...['datetime', 'hostname', 'pathname', 'referrer_hostname'],
  ...utmColumns,
  ...['country_code', 'device_type', 'browser', 'operating_system'],
  ...['pageviews', 'visits', 'uniques', 'avg_duration', 'bounce_rate', 'event_name', 'completions'],
] as const;
type FathomRow = Row<(typeof columns)[number]>;

/** The CSVs of views and of events that Fathom exports: sums by hour or day, page, referrer and audience. */
export const fathom: Format = {
  name: 'fathom',
  title: 'Fathom',
  lacks: ['hours, unless you export by hour', 'languages', 'bounce rates and events of each source and campaign'],
  recognizes: (entries) => entries.some((entry) => isViews(entry) || isEvents(entry)),
  async read(entries, scope, sink) {
    const hasHours = await isByHour(entries);
    for (const entry of entries) {
      if (isViews(entry)) await eachRow(entry, columns, (row) => countViews(row, hasHours, scope, sink));
      else if (isEvents(entry)) await eachRow(entry, columns, (row) => countEvents(row, scope, sink));
      else sink.drop(entry.name, 'unknown table');
    }
  },
};

const isViews = (entry: Entry) => hasColumns(entry, 'datetime', 'hostname', 'pathname', 'pageviews');
const isEvents = (entry: Entry) => hasColumns(entry, 'datetime', 'hostname', 'pathname', 'event_name');

/** Returns whether a time is not midnight. Exports by day have midnight on all lines. */
async function isByHour(entries: Entry[]): Promise<boolean> {
  const views = entries.filter(isViews);
  let found = views.some(({ head }) => /-\d\d (?!00)\d\d:\d\d:/.test(head));
  if (found) return true;
  for (const entry of views)
    await eachRow(entry, ['datetime'], ({ datetime }) => {
      found ||= hourOf(datetime) !== '00';
    });
  return found;
}

const hourOf = (datetime: string) => datetime.slice(11, 13) || '00';

/** Returns the day of a time. Fathom writes times on the clock that its owner chose. */
const dayOf = memoized((datetime: string): Day => {
  if (datetime.length > 10) parseTime(datetime);
  return parseDay(datetime.slice(0, 10));
});

const urlOf = ({ hostname, pathname }: FathomRow) => {
  if (pathname === '') return undefined;
  return hostname === '' ? pathname : `https://${hostNamed(hostname)}${pathname}`;
};

function countViews(row: FathomRow, hasHours: boolean, scope: ImportScope, sink: Sink): void {
  const day = dayOf(row.datetime);
  const [views, visits, visitors] = [parseCount(row.pageviews), parseCount(row.visits), parseCount(row.uniques)];
  const link = linkNamed(row.referrer_hostname);
  if (isSpam(link)) sink.drop('pageviews', 'spam');
  else if (!isHostOfSite(hostNamed(row.hostname), scope)) sink.drop('pageviews', foreignPage(row.hostname));
  else {
    const origin = { referrer: referrerFrom(link, scope), campaign: campaignNamed(utmOf(row)) };
    const counters: Counters = {
      ...{ views, visitors, site_visitors: visits, visits },
      ...(hasHours && { [`hour_${hourOf(row.datetime)}`]: views }),
      ...visitNumbers(row, visits),
      ...originCounters(origin, { views, visits }),
    };
    for (const [dimension, name] of Object.entries(audienceIn(row))) counters[`${dimension}_${name}`] = visits;
    const told = { views, visits, visitors: visits };
    sink.counts('pageviews', { day, url: urlOf(row), counters, told });
  }
}

/** Returns bounces and durations. Without them in the file, nothing tells whether visits went on. */
function visitNumbers({ bounce_rate, avg_duration }: FathomRow, visits: number): Counters {
  if (bounce_rate === '') return { unlinked: visits };
  const rate = parseDecimal(bounce_rate.replace('%', ''));
  const bounces = Math.round(visits * (bounce_rate.includes('%') || rate > 1 ? rate / 100 : rate));
  return {
    engaged: Math.max(0, visits - bounces),
    seconds: parseCount(String(Math.round(visits * parseDecimal(avg_duration)))),
  };
}

function parseDecimal(text: string): number {
  if (text === '') return 0;
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text);
  throw new UnreadableFile(`"${text.slice(0, 40)}" is not a number like 12.5. Correct or remove the line.`);
}

const audienceIn = (row: FathomRow) =>
  audienceNamed({
    country: row.country_code,
    device: row.device_type,
    browser: row.browser,
    os: row.operating_system,
  });

function countEvents(row: FathomRow, scope: ImportScope, sink: Sink): void {
  const [day, event, count] = [dayOf(row.datetime), normalizeName(row.event_name), parseCount(row.completions)];
  if (!isHostOfSite(hostNamed(row.hostname), scope)) sink.drop('events', foreignPage(row.hostname));
  else countEvent(sink, 'events', { day, url: urlOf(row), event, count });
}
