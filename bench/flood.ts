import assert from 'node:assert/strict';
import { isUnbounded } from '../core/counters/names.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { concurrently } from '../store/concurrently.ts';

// A stranger sends made-up pages and sources among the views of readers. Checks the day in the table afterwards.
const hits = Number(process.argv[2] ?? 100_000);
const settings = {
  SITES: 'blog.example.com',
  VISITORS: 'off',
  MAX_PAGES_PER_DAY: '5000',
  MAX_NAMES_PER_DIMENSION: '24',
};

const database = await useDatabaseProcess();
Object.assign(process.env, settings);
const { handler } = await import('../functions/track.ts');
const { localClient } = await import('../local/local-client.ts');
const { statisticsStore } = await import('../store/statistics.ts');

const day = '2026-11-21';
const epoch = Date.parse(`${day}T12:00:00Z`);
const site = 'https://blog.example.com/';
const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' };
const send = (fields: object) =>
  handler(httpEvent({ method: 'POST', path: '/track', headers, body: JSON.stringify(fields), epoch }));

/** Letters of one to four bytes each, as many as a name can have. */
const letters = ['x', 'é', '日', '𝒳'];
const madeUp = (i: number) => (i % 3 ? `${i}-${(letters[i % 4] ?? '').repeat(64)}` : `${i}_(other)`);

/** Returns a reader's view for every twentieth hit. Half of the other hits are on the readers' pages too. */
function fieldsOf(i: number): object {
  if (i % 20 === 0) return { url: site + ((i / 20) % 10), utm_source: 'newsletter' };
  if (i % 2 === 0) return { url: site + (i % 10), utm_source: madeUp(i), referrer: `https://${i}.example/` };
  return { url: `${site}made-up/${Math.imul(i, 0x9e3779b1) >>> 0}`, utm_source: madeUp(i), utm_campaign: madeUp(i) };
}

const start = performance.now();
for (let page = 0; page < 10; page++) await send({ url: site + page, utm_source: 'newsletter' });
const numbers = Array.from({ length: hits }, (_, i) => i);
const answers = await concurrently(25, numbers, async (i) => (await send(fieldsOf(i))).statusCode);
const seconds = (performance.now() - start) / 1000;

const client = localClient();
const rows = await statisticsStore(client, 'SiteStatistics').rows(day, epoch);
client.destroy();
database.close();

const sum = (counts: (number | undefined)[]) => counts.reduce<number>((total, each) => total + (each ?? 0), 0);
/** Returns the size of an item by DynamoDB's rules. A number has one byte for two digits, and two more. */
const bytesOf = (row: (typeof rows)[number]) =>
  Buffer.byteLength(`dayurlexpires${row.partition}${row.url}`) +
  7 +
  sum(
    Object.entries(row.counters).map(
      ([name, count]) => Buffer.byteLength(name) + 2 + Math.ceil(String(count).length / 2),
    ),
  );

const readers = rows.filter(({ url }) => /\/\d$/.test(url));
const result = {
  'hits sent': hits + 10,
  'answered 204': answers.filter((status) => status === 204).length + 10,
  'views in the table': sum(rows.map(({ counters }) => counters.views)),
  'views of (other)': rows.find(({ url }) => url === '(other)')?.counters.views ?? 0,
  'items of the day': rows.length,
  'largest item, bytes': Math.max(...rows.map(bytesOf)),
  'most names in an item': Math.max(...rows.map(({ counters }) => Object.keys(counters).filter(isUnbounded).length)),
  "readers' views sent": Math.ceil(hits / 20) + 10,
  "readers' views counted": sum(readers.map(({ counters }) => counters.views_newsletter)),
  seconds: Math.round(seconds),
};
console.log(`POST /track under a flood of ${hits} hits with made-up pages, sources, referrers and campaigns`);
console.table(result);
assert.equal(result['views in the table'], result['hits sent']);
assert.ok(result['items of the day'] <= 5_002 && result['largest item, bytes'] <= 32_768);
assert.equal(result["readers' views counted"], result["readers' views sent"]);
