import { type Day, dayAt, momentAt } from '../../core/calendar/day.ts';
import { deviceOfWidth } from '../../core/collect/audience.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { isSpam } from '../../core/collect/referrer.ts';
import type { Counters } from '../../core/counters/names.ts';
import { eachLine } from '../files/lines.ts';
import { browserNamed } from '../foreign-names/browser-named.ts';
import { countryNamed } from '../foreign-names/country-named.ts';
import { languageNamed } from '../foreign-names/language-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import { systemNamed } from '../foreign-names/system-named.ts';
import { type Entry, type Format, type Told, UnreadableFile } from '../format.ts';
import { countEvent } from './count-event.ts';
import { campaignNamed, type Origin, originCounters, referrerFrom } from './origin-counters.ts';
import { parseCount } from './parse-count.ts';
import { parseDay, parseTime } from './parse-time.ts';

/** An object of a JSON file, untrusted. */
type Fields = Record<string, unknown>;

/** The tables of counts by day and page, their dimension, and the name of an object's visits in it. */
type NameOf = (fields: Fields, names: Names) => string;
const tables: { [table: string]: [dimension: string, nameOf: NameOf] } = {
  browser_stats: ['browser', ({ browser_id }, { browsers }) => browserNamed(browsers.get(textOf(browser_id)) ?? '')],
  system_stats: ['os', ({ system_id }, { systems }) => systemNamed(systems.get(textOf(system_id)) ?? '')],
  location_stats: ['country', ({ location }) => countryNamed(textOf(location))],
  language_stats: ['language', ({ language }) => languageNamed(textOf(language))],
  size_stats: ['device', ({ width }) => deviceOfWidth(Number(width))],
};

/** What the ids of an export stand for. */
interface Names {
  paths: Map<string, { path: string; isEvent: boolean }>;
  refs: Map<string, Origin>;
  browsers: Map<string, string>;
  systems: Map<string, string>;
}

/** The zip of JSON lines that GoatCounter exports. It counts the first view of a page in a visit, and calls it a visit. */
export const goatcounterJson: Format = {
  name: 'goatcounter',
  title: 'GoatCounter (JSON)',
  lacks: [
    'views of a page but the first of each visit: views, visits and visitors of a page are the same',
    'visitors of the site',
    'bounces and durations',
    'campaigns apart from their source',
    'events of each source',
    'pages of events',
    'days in your time zone for visits: they are days in UTC, and views are not',
  ],
  recognizes(entries) {
    const hits = fileOf(entries, 'hit_stats.jsonl');
    return hits !== undefined && (hits.head.trim() === '' || /"path_id"/.test(hits.head));
  },
  async read(entries, scope, sink) {
    checkVersion(entries);
    const names = await namesOf(entries);

    await eachObject(entries, 'hit_stats', (fields) => {
      const time = parseTime(textOf(fields.hour));
      const { day, hour } = momentAt(time, scope.timeZone);
      const count = countOf(fields);
      const path = names.paths.get(textOf(fields.path_id));
      if (!path) return sink.drop('hit_stats', 'unknown path');
      if (path.isEvent)
        return countEvent(sink, 'hit_stats', { day, url: undefined, event: normalizeName(path.path), count });
      const { referrer: link, campaign } = names.refs.get(textOf(fields.ref_id)) ?? { referrer: '', campaign: {} };
      if (isSpam(link)) return sink.drop('hit_stats', 'spam');
      const origin = { campaign, referrer: referrerFrom(link, scope) };
      const views = { views: count, visitors: count, [`hour_${hour}`]: count };
      const visits = { visits: count, unlinked: count };
      const pass = (table: string, on: Day, numbers: Counters, told: Told) => {
        const counters = { ...numbers, ...originCounters(origin, { views: 0, visits: 0, ...told }) };
        sink.counts(table, { day: on, url: path.path, counters, told });
      };
      // The other tables have days in UTC. So do visits, or their names would not sum to them.
      const utcDay = dayAt(time, 'UTC');
      if (utcDay === day) pass('hit_stats', day, { ...views, ...visits }, { views: count, visits: count });
      else {
        pass('hit_stats', day, views, { views: count });
        pass('hit_stats (days in UTC)', utcDay, visits, { visits: count });
      }
    });

    for (const [table, [dimension, nameOf]] of Object.entries(tables))
      await eachObject(entries, table, (fields) => {
        const day = parseDay(textOf(fields.day));
        const count = countOf(fields);
        const path = names.paths.get(textOf(fields.path_id));
        if (!path) return sink.drop(table, 'unknown path');
        if (path.isEvent) return sink.drop(table, 'of an event');
        const counter = `${dimension}_${nameOf(fields, names)}`;
        sink.counts(table, { day, url: path.path, counters: { [counter]: count } });
      });
  },
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const countOf = ({ count }: Fields) => parseCount(textOf(count));

const fileOf = (entries: Entry[], name: string) =>
  entries.find((entry) => entry.name === name || entry.name.endsWith(`/${name}`));

/** Throws `UnreadableFile` if a later GoatCounter changed the format. */
function checkVersion(entries: Entry[]): void {
  const [, version] = /"export_version":\s*"(\d+)/.exec(fileOf(entries, 'info.json')?.head ?? '') ?? [];
  if (version !== undefined && version !== '1')
    throw new UnreadableFile(
      `This is version ${version} of GoatCounter's export, and version 1 is known. Update Footfall.`,
    );
}

async function eachObject(entries: Entry[], table: string, onObject: (fields: Fields) => void): Promise<void> {
  const entry = fileOf(entries, `${table}.jsonl`);
  if (!entry) return;
  await eachLine(entry, (line) => {
    if (line.trim() !== '') onObject(parseObject(line));
  });
}

function parseObject(line: string): Fields {
  try {
    const value = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {}
  throw new UnreadableFile('this is not a JSON object. The file may be cut: export it again.');
}

async function namesOf(entries: Entry[]): Promise<Names> {
  const names: Names = { paths: new Map(), refs: new Map(), browsers: new Map(), systems: new Map() };
  await eachObject(entries, 'paths', ({ id, path, event }) => {
    names.paths.set(textOf(id), { path: textOf(path), isEvent: event === true || event === 1 });
  });
  await eachObject(entries, 'refs', ({ id, ref, ref_scheme }) => {
    const text = textOf(ref);
    const origin =
      ref_scheme === 'c'
        ? { referrer: '', campaign: campaignNamed({ source: text }) }
        : { referrer: linkNamed(text), campaign: {} };
    names.refs.set(textOf(id), origin);
  });
  await eachObject(entries, 'browsers', ({ id, name }) => names.browsers.set(textOf(id), textOf(name)));
  await eachObject(entries, 'systems', ({ id, name }) => names.systems.set(textOf(id), textOf(name)));
  return names;
}
