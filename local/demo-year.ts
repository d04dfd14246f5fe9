import { readLimits, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAfter, dayAt, daysUpTo, oldestKept } from '../core/calendar/day.ts';
import { sumByItem } from '../core/counters/increment.ts';
import { type DatedHit, history } from '../simulator/clickstream.ts';
import { type Cells, emptyLedger, enter, flat, type Memories } from '../simulator/ledger.ts';
import { demoSite } from '../simulator/read-site.ts';
import { sendHistory } from '../simulator/send.ts';
import { concurrently } from '../store/concurrently.ts';
import { statisticsStore } from '../store/statistics.ts';
import { writeClosedDays } from './closed-days.ts';
import { handlerTransport } from './handlers.ts';
import { lakeRecordsOf, putRecords } from './lake-history.ts';
import { localClient } from './local-client.ts';

const days = 365;
/** The last days go through `/track`, hit by hit. All days would take minutes. */
const daysSent = 3;
const writesAtOnce = 10;
/** How long each takes, compared with the others. */
const effort = { closedDay: 4, row: 1, hit: 3 };

/** What to write, and who is told how much is done. */
export interface DemoYear {
  origin: string;
  /** The end, in milliseconds since 1970. */
  now: number;
  visitors: number;
  onProgress: (done: number, all: number) => void;
}

/**
 * Writes a year of the demo blog's readers, with the settings in the environment, and rolls it up. The last days go
 * through the real handler. Of the days before, it writes what a year of nights leaves: rows, then summaries. Their
 * counters come from the simulator's ledger, which `npm run simulate -- --verify` compares with those of the handler.
 * Returns the number of hits.
 */
export async function writeDemoYear({ origin, now, visitors, onProgress }: DemoYear): Promise<number> {
  const { env } = process;
  const timeZone = readSetting('TIME_ZONE', env);
  const { detailDays } = readLimits(env);
  const today = dayAt(now, timeZone);
  const firstRows = oldestKept(today, detailDays);
  const firstSent = dayAfter(today, 1 - daysSent);
  const plan = {
    site: demoSite,
    origin,
    seed: 7,
    visitors: readSetting('VISITORS', env) === 'on',
    exactUrls: readSetting('PAGE_URLS', env) === 'exact',
    run: now.toString(36),
  };
  const hits = [...history(plan, { visitors, days: days - 1, until: now })].flat().sort((a, b) => a.at - b.at);
  const { before = [], sent = [] } = Object.groupBy(hits, ({ at }) =>
    dayAt(at, timeZone) < firstSent ? 'before' : 'sent',
  );
  const cells = cellsOf(before, timeZone);
  const rows = rowsSince(firstRows, cells);
  const closed = daysUpTo(dayAfter(firstRows, -1), days).filter((day) => day >= dayAfter(today, -days));

  const all = closed.length * effort.closedDay + rows.length * effort.row + sent.length * effort.hit;
  let done = 0;
  const after = (part: number) => () => {
    done += part;
    onProgress(done, all);
  };
  if (readSetting('LAKE', env) === 'on') await putRecords(lakeRecordsOf(before, env));
  await writeClosedDays(cells, closed, now, after(effort.closedDay));
  await writeRows(rows, detailDays, after(effort.row));
  await sendAll(sent, timeZone, after(effort.hit));
  const { handler: rollUp } = await import('../functions/rollup.ts');
  await rollUp({ time: new Date(now).toISOString() });
  return hits.length;
}

/** Returns the counters that `/track` would have after some hits, which are sorted by time. */
function cellsOf(hits: DatedHit[], timeZone: string): Cells {
  const ledger = emptyLedger(timeZone);
  const memories: Memories = new Map();
  for (const { hit, at } of hits) enter(ledger, memories, hit, { from: at, to: at }, { status: 204 }, 0);
  return ledger.cells;
}

/** Returns the rows of a day and later ones, in writes that DynamoDB takes. */
function rowsSince(first: Day, cells: Cells) {
  const counts = flat(cells).filter(({ day }) => day >= first);
  return sumByItem(counts.map(({ day, url, counter, count }) => ({ day: day as Day, url, add: { [counter]: count } })));
}

async function writeRows(rows: ReturnType<typeof rowsSince>, detailDays: number, onRow: () => void): Promise<void> {
  const client = localClient();
  const { add: write } = statisticsStore(client, readTableNames(process.env).statisticsTable);
  await concurrently(writesAtOnce, rows, async ({ day, url, add }) => {
    await write(day, url, add, detailDays);
    onRow();
  });
  client.destroy();
}

async function sendAll(hits: DatedHit[], timeZone: string, onHit: () => void): Promise<void> {
  const ledger = emptyLedger(timeZone);
  const track = await handlerTransport();
  await sendHistory([hits], {
    transport: (hit, at) => track(hit, at).finally(onHit),
    ledger,
    concurrency: writesAtOnce,
    signal: new AbortController().signal,
  });
  if (ledger.statuses['no answer'])
    throw new Error('The database did not answer while the simulated history was written. Start again.');
}
