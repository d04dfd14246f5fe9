import type { Day } from '../../core/calendar/day.ts';
import type { Audience } from '../../core/collect/audience.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { isSpam } from '../../core/collect/referrer.ts';
import { eachRow, headerOf, type Row } from '../files/records.ts';
import { audienceNames } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import type { Entry, Format, ImportScope, Sink } from '../format.ts';
import { countEvent } from './count-event.ts';
import { downloadEvent, outboundEvent } from './link-events.ts';
import { campaignNamed, originCounters, referrerFrom, utmColumns, utmOf } from './origin-counters.ts';
import { parseCount } from './parse-count.ts';
import { parseDay } from './parse-time.ts';
import { foreignPage, hostNamed, isHostOfSite } from './site-hosts.ts';
import { addToDay, countRest, type TableSums, tableSums } from './table-sums.ts';

/** The columns that tell a table from the others. All have a date and visitors. */
const tables = {
  imported_pages: ['page', 'pageviews'],
  imported_entry_pages: ['entry_page', 'entrances'],
  imported_exit_pages: ['exit_page', 'exits'],
  imported_sources: ['source', 'visits'],
  imported_locations: ['country', 'visits'],
  imported_devices: ['device', 'visits'],
  imported_browsers: ['browser', 'visits'],
  imported_operating_systems: ['operating_system', 'visits'],
  imported_custom_events: ['name', 'events'],
  imported_visitors: ['pageviews', 'visits', 'bounces'],
};
type Table = keyof typeof tables;

const columns = [
  ...['date', 'visitors', 'pageviews', 'bounces', 'visits', 'visit_duration', 'hostname', 'page', 'entry_page'],
  ...['entrances', 'source', 'referrer', ...utmColumns],
  ...['country', 'device', 'browser', 'operating_system', 'name', 'link_url', 'path', 'events'],
] as const;
type PlausibleRow = Row<(typeof columns)[number]>;

/** The zip of CSVs that Plausible exports, from its cloud or an installation of your own. */
export const plausible: Format = {
  name: 'plausible',
  title: 'Plausible',
  lacks: [
    'hours',
    'sources, countries, devices, browsers and systems by page',
    'languages',
    'bounce rates and events of each source and campaign',
    'exit pages',
    'properties',
  ],
  recognizes: (entries) => entries.some((entry) => tableOf(entry) !== undefined),
  async read(entries, scope, sink) {
    const sums = tableSums();
    for (const entry of entries) {
      const table = tableOf(entry);
      if (!table) sink.drop(entry.name, 'unknown table');
      else
        await eachRow(entry, columns, (row) => {
          readers[table]({ row, day: parseDay(row.date), table, scope, sink, ...sums });
        });
    }
    countRest(sums, 'imported_visitors', sink);
  },
};

interface Line extends TableSums {
  row: PlausibleRow;
  day: Day;
  table: Table;
  scope: ImportScope;
  sink: Sink;
}

function tableOf(entry: Entry): Table | undefined {
  const header = headerOf(entry);
  const has = (column: string) => header.includes(column);
  if (!has('date') || !has('visitors')) return undefined;
  return (Object.keys(tables) as Table[]).find((table) => tables[table].every(has));
}

/** Returns the path of a page. Its host is that of the site, and most tables do not name it. */
const pathOf = (path: string) => path || undefined;

function visitNumbers({ row }: Line, visits: number) {
  return { visits, engaged: Math.max(0, visits - parseCount(row.bounces)), seconds: parseCount(row.visit_duration) };
}

const readers: Record<Table, (line: Line) => void> = {
  imported_visitors(line) {
    const { row, day, site } = line;
    const visits = visitNumbers(line, parseCount(row.visits));
    addToDay(site, day, { views: parseCount(row.pageviews), site_visitors: parseCount(row.visitors), ...visits });
  },
  imported_pages({ row, day, table, scope, sink, pages }) {
    const views = parseCount(row.pageviews);
    addToDay(pages, day, { views });
    if (!isHostOfSite(hostNamed(row.hostname), scope)) return sink.drop(table, foreignPage(row.hostname));
    const counters = { views, visitors: parseCount(row.visitors) };
    sink.counts(table, { day, url: pathOf(row.page), counters, told: { views } });
  },
  imported_entry_pages(line) {
    const { row, day, table, sink, pages } = line;
    const numbers = visitNumbers(line, parseCount(row.entrances));
    addToDay(pages, day, numbers);
    const told = { visits: numbers.visits };
    sink.counts(table, { day, url: pathOf(row.entry_page), counters: numbers, told });
  },
  imported_exit_pages: ({ table, sink }) => sink.drop(table, 'exits are not counted'),
  imported_sources({ row, day, table, scope, sink }) {
    const [views, visits] = [parseCount(row.pageviews), parseCount(row.visits)];
    const campaign = campaignNamed(utmOf(row));
    const link = linkNamed(row.referrer || (campaign.source === undefined ? row.source : ''));
    if (isSpam(link)) return sink.drop(table, 'spam');
    const origin = { referrer: referrerFrom(link, scope), campaign };
    sink.counts(table, { day, url: undefined, counters: originCounters(origin, { views, visits }) });
  },
  imported_locations: (line) => countName(line, 'country', line.row.country),
  imported_devices: (line) => countName(line, 'device', line.row.device),
  imported_browsers: (line) => countName(line, 'browser', line.row.browser),
  imported_operating_systems: (line) => countName(line, 'os', line.row.operating_system),
  imported_custom_events({ row, day, table, sink }) {
    countEvent(sink, table, { day, url: pathOf(row.path), event: eventOf(row), count: parseCount(row.events) });
  },
};

function countName({ row, day, table, sink }: Line, dimension: keyof Audience, word: string): void {
  const counters = { [`${dimension}_${audienceNames[dimension](word)}`]: parseCount(row.visits) };
  sink.counts(table, { day, url: undefined, counters });
}

/** Returns the name of an event. Links and files get the names that the snippet gives them. */
function eventOf({ name, link_url }: PlausibleRow): string {
  const event = name.startsWith('Outbound Link')
    ? outboundEvent(link_url)
    : name.startsWith('File Download')
      ? downloadEvent(link_url)
      : '';
  return event || normalizeName(name);
}
