import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { startDatabase } from '../../../local/database.ts';
import { handlerTransport } from '../../../local/handlers.ts';
import { localClient } from '../../../local/local-client.ts';
import { type DatedHit, history } from '../../../simulator/clickstream.ts';
import { foreignFile, foreignFormats } from '../../../simulator/foreign-file.ts';
import { type Cells, emptyLedger } from '../../../simulator/ledger.ts';
import { demoSite } from '../../../simulator/read-site.ts';
import { sendHistory } from '../../../simulator/send.ts';
import { readStatistics } from '../../../simulator/verify.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { summariesStore } from '../../../store/summaries.ts';
import { countRows } from '../../../transfer/export/count-rows.ts';
import { importCommand } from '../../../transfer/import.ts';
import { startFunctions } from '../../functions/footfall.ts';

const host = 'blog.example.com';
const timeZone = 'Europe/Berlin';
const until = Date.parse('2026-11-20T23:00:00Z');
await startFunctions({ SITES: host, TIME_ZONE: timeZone });
const folder = await mkdtemp(join(tmpdir(), 'footfall-simulated-'));
after(() => rm(folder, { recursive: true }));

/** No other tool knows of readers who ask Footfall for privacy, nor of hits that only the snippet can tell to be none. */
const isKnownToAll = ({ hit: { headers, truth } }: DatedHit) =>
  !('sec-gpc' in headers || 'dnt' in headers) &&
  (!('refusal' in truth) || (truth.refusal === 'bot' && truth.counter !== 'bot_headless'));
const plan = { site: demoSite, origin: `https://${host}`, seed: 16, visitors: true, run: 'x' };
const visitors = [...history(plan, { visitors: 150, days: 5, until })].map((hits) => hits.filter(isKnownToAll));
const ledger = emptyLedger(timeZone);
const transport = await handlerTransport();
await sendHistory(visitors, { ledger, concurrency: 20, signal: new AbortController().signal, transport });
const days = ['15', '16', '17', '18', '19', '20', '21'].map((day) => `2026-11-${day}` as Day);
const live = await readStatistics('SiteStatistics', days);

/** Imports hits as another tool exports them into an empty installation. Returns the counters there. */
async function imported(format: (typeof foreignFormats)[number]): Promise<Cells> {
  const file = join(folder, format);
  await writeFile(file, foreignFile(format, visitors.flat(), timeZone));
  const database = await startDatabase();
  Object.assign(process.env, database.environment);
  try {
    const client = localClient();
    // Otherwise 800 days are searched for rows.
    await rollupState(client, 'SiteStatistics').advance('2026-11-21', new Map());
    await importCommand([file, '--name', format], until + 86_400_000);
    const cells: Cells = {};
    const range = { site: host, importName: format, first: days[0] as Day, last: days.at(-1) as Day };
    await summariesStore(client, 'SiteStatistics').each(range, true, until, (summary, day) => {
      for (const [page, counter, count] of countRows(summary)) {
        const url = page === '(not counted)' ? `${page} ${host}` : page;
        cells[day] = { ...cells[day], [url]: { ...cells[day]?.[url], [counter]: count } };
      }
    });
    return cells;
  } finally {
    await database.close();
  }
}

/** What an export cannot tell of live counters: counters that begin with these, of each page or on all. */
interface Lacks {
  all: string[];
  byPage: string[];
}

const lacking: Record<(typeof foreignFormats)[number], Lacks> = {
  // A log knows of a request what its line has. An iPad calls itself a Mac, and only its window tells it.
  'access-log': { all: ['country_', 'language_', 'device_', 'event_', 'events_'], byPage: [] },
  // Umami counts no bots.
  umami: { all: ['bot_'], byPage: [] },
  plausible: {
    // It has no hours, no languages, no bots, and not what became of visits by a link. It counts all views of a visit for its source, not only the first.
    all: ['hour_', 'language_', 'bot_', 'views_', 'linked_', 'engaged_', 'events_'],
    // These are sums of a day. A bounce and a duration stand on the page that a visit began on.
    byPage: [
      ...['channel_', 'referrer_', 'source_', 'medium_', 'campaign_', 'term_', 'content_', 'country_', 'device_'],
      ...['browser_', 'os_', 'site_visitors', 'engaged', 'seconds'],
    ],
  },
};

/** Returns the counters that an export can tell, by day, page and name. Those without a page are on `all pages`. */
function toldOf(cells: Cells, { all, byPage }: Lacks): Record<string, number> {
  const told: Record<string, number> = {};
  for (const [day, pages] of Object.entries(cells))
    for (const [url, counters] of Object.entries(pages))
      for (const [counter, count] of Object.entries(counters)) {
        const begins = (prefix: string) => counter.startsWith(prefix);
        const isCap = /^(names_|pages$|kept_pages$|last$)/.test(counter);
        if (count === 0 || isCap || all.some(begins)) continue;
        const key = `${day} ${byPage.some(begins) ? 'all pages' : url} ${counter}`;
        told[key] = (told[key] ?? 0) + count;
      }
  return told;
}

describe('a history imported from another tool has the counters that live hits have', () => {
  test('there are enough of them to tell', () => {
    assert.ok(ledger.sent > 400, `${ledger.sent} hits`);
    assert.ok(Object.keys(toldOf(live, { all: [], byPage: [] })).length > 1000);
  });

  for (const format of foreignFormats)
    test(format, async () => {
      const [found, wanted] = [await imported(format), live].map((cells) => toldOf(cells, lacking[format]));
      const keys = Object.keys({ ...found, ...wanted });
      assert.deepEqual(
        keys.map((key) => [key, found?.[key], wanted?.[key]]).filter(([, count, live]) => count !== live),
        [],
      );
    });
});
