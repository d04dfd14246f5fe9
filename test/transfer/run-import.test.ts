import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { statisticsStore } from '../../store/statistics.ts';
import { UnreadableFile } from '../../transfer/format.ts';
import type { Receipt } from '../../transfer/receipt.ts';
import { receiptText } from '../../transfer/receipt-text.ts';
import { client, importing, items, now, store, table, umamiHeader, umamiOf } from './import-place.ts';

const first = ['2025-12-30', '2026-01-01', '2026-01-02'];

/** What a receipt says of days, lines and sums. */
const factsOf = ({ days, taken, sums }: Receipt) => ({
  days,
  dropped: Object.fromEntries([...taken.tables.values()].flatMap(({ dropped }) => [...dropped])),
  sums: Object.fromEntries(
    sums.filter(({ stored }) => stored > 0).map(({ metric, file, stored }) => [metric, [file, stored]]),
  ),
});

test('an import is stored, with a receipt that is kept', async (t) => {
  const { outcome, receipt } = await importing(t, {
    'export.zip': zipSync({ 'a/website_event.csv': Buffer.from(umamiOf(...first)) }),
  });
  assert.equal(outcome, 'stored');
  assert.deepEqual(factsOf(receipt), {
    days: first,
    dropped: {},
    sums: { views: [3, 3], visitors: [3, 3], visits: [3, 3] },
  });
  const [kept] = await store.list(now);
  assert.equal(kept?.receipt, receiptText(receipt, false));
  assert.deepEqual([kept?.name, kept?.isComplete, kept?.hasHours], [receipt.name, true, true]);
  assert.match(receipt.name, /^umami-[0-9a-f]{6}$/);
});

test('the same again changes nothing, even packed and renamed', async (t) => {
  await importing(t, { 'website_event.csv': umamiOf(...first) }, { name: 'mine' });
  const before = await items();
  const { outcome } = await importing(t, { 'x.gz': gzipSync(umamiOf(...first)) }, { name: 'mine' });
  assert.equal(outcome, 'unchanged');
  assert.deepEqual(await items(), before);
});

test('an import that is taken back leaves nothing', async (t) => {
  const { receipt } = await importing(t, { a: umamiOf(...first) });
  assert.ok((await items()).length > 5);
  assert.equal(await store.remove(receipt.name), true);
  assert.deepEqual(await items(), []);
});

test('a dry run has the same receipt, and writes nothing', async (t) => {
  const dry = await importing(t, { a: umamiOf(...first) }, { isDryRun: true });
  assert.deepEqual(await items(), []);
  const { receipt } = await importing(t, { a: umamiOf(...first) });
  assert.deepEqual(factsOf(dry.receipt), factsOf(receipt));
  assert.match(receiptText(dry.receipt, false), /Nothing was written: this was a dry run\.$/);
});

test('days that were counted live, and days of another import, are left out and listed', async (t) => {
  await importing(t, { a: umamiOf('2026-01-01') }, { name: 'older' });
  await statisticsStore(client, table).add('2026-11-20', 'https://blog.example/', { views: 7 }, 45);
  const { receipt } = await importing(t, { a: umamiOf(...first, '2026-11-19', '2026-11-20', '2026-11-21') });
  assert.deepEqual(receipt.days, ['2025-12-30', '2026-01-02', '2026-11-19']);
  assert.deepEqual(Object.fromEntries(receipt.taken.leftOut), {
    'in another import': new Set(['2026-01-01']),
    'counted live': new Set(['2026-11-20', '2026-11-21']),
  });
  assert.match(receiptText(receipt, false), /counted live: 2026-11-20 to 2026-11-21/);
});

test('today is left out, because it is not over', async (t) => {
  const { receipt } = await importing(t, { a: `${umamiOf('2026-11-24')}\ns,v,/,1,,2026-11-25 10:00:00` });
  assert.deepEqual(receipt.days, ['2026-11-24']);
  assert.deepEqual(factsOf(receipt).dropped, { 'not over yet': 1 });
});

test('if the store has other sums than the file, the import is taken back', async (t) => {
  const losing = {
    ...store,
    async totals(...of: Parameters<typeof store.totals>) {
      const { month, year } = await store.totals(...of);
      return { month: new Map(month).set('visits', 2), year };
    },
  };
  const failing = importing(t, { a: umamiOf(...first) }, {}, { store: losing });
  await assert.rejects(failing, /undone\. Please report this receipt:[\s\S]*Visits +3 +2 +not equal/);
  assert.deepEqual(await items(), []);
});

test('a name of another site, and a wrong name, are refused', async (t) => {
  await importing(t, { a: umamiOf('2026-01-01') }, { name: 'mine', origin: 'https://other.example' });
  await assert.rejects(importing(t, { a: umamiOf(...first) }, { name: 'mine' }), /Another site has an import mine/);
  await assert.rejects(
    importing(t, { a: umamiOf(...first) }, { name: 'My Import' }),
    /"My Import" is not a valid name\. Use up to 40/,
  );
});

describe('a file that cannot be imported is refused with a sentence, and nothing is written:', () => {
  const good = umamiOf(...first);
  const log = `203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 2 "-" "Mozilla/5.0 Firefox/140.0"\n`;
  const refused: [title: string, files: Record<string, string | Uint8Array>, sentence: RegExp][] = [
    ['an unknown one', { 'notes.txt': 'Hello' }, /^notes\.txt: no known export\. docs\/importing\.md lists/],
    [
      'totals without dates',
      { 'report.csv': 'Page,Views\n/,12\n' },
      /^report\.csv: these numbers have no dates\. Export them by day/,
    ],
    [
      'totals of Umami',
      { 'pages.csv': 'x,y\n/,12\n' },
      /totals of Umami without dates\. Export the table website_event/,
    ],
    [
      'one that is cut in a line',
      { 'a.csv': good.slice(0, -22) },
      /^a\.csv, line 4: the line has 4 of 6 fields\. The file may be cut/,
    ],
    ['one that is cut in a quote', { 'a.csv': `${good}\ns,"v` }, /^a\.csv, line 5: a quote has no end/],
    [
      'a cut gzip',
      { 'a.gz': gzipSync(log.repeat(20_000)).subarray(0, -50) },
      /^a\.gz is cut or broken: unexpected end of file\./,
    ],
    [
      'a date of the year 1',
      { 'a.csv': `${good}\n${umamiOf('0001-01-01').split('\n')[1]}` },
      /^a\.csv, line 5: its date is before 1990 or in the future/,
    ],
    ['a date of the year 9999', { 'a.csv': umamiOf('9999-12-31') }, /^a\.csv, line 2: its date is before 1990/],
    [
      'a formula for a date',
      { 'a.csv': `${umamiHeader}\ns,v,/,1,,=NOW()` },
      /^a\.csv, line 2: "=NOW\(\)" is not a time/,
    ],
    [
      'a negative number',
      { 'a.csv': 'date,url,views\n2026-01-01,/,-5\n' },
      /^a\.csv, line 2: "-5" is not a whole number/,
    ],
    [
      'a huge number',
      { 'a.csv': `date,url,views\n2026-01-01,/,${'9'.repeat(30)}\n` },
      /^a\.csv, line 2: "9{30}" is not a whole/,
    ],
  ];
  for (const [title, files, sentence] of refused)
    test(title, async (t) => {
      const refusal = importing(t, files);
      await assert.rejects(refusal, (error) => error instanceof UnreadableFile && sentence.test(error.message));
      assert.deepEqual(await items(), []);
    });
});

test('a file that is named twice is refused, unless it is only a header', async (t) => {
  const twice = { 'a.csv': umamiOf(...first), 'b.csv.gz': gzipSync(umamiOf(...first)) };
  await assert.rejects(importing(t, twice), {
    message: 'a.csv and b.csv.gz have the same lines. Name each file once.',
  });
  const { receipt } = await importing(t, { 'a.csv': umamiOf(...first), 'b.csv': umamiHeader, 'c.csv': umamiHeader });
  assert.equal(receipt.days.length, 3);
});

test('a host that begins with m. is a site like others', async (t) => {
  const origin = 'https://m.blog.example';
  const csv = `time,url,visitor,referrer\n2026-01-01 10:00:00,${origin}/,u,\n2026-01-01 10:00:00,/a,v,${origin}/`;
  const { receipt } = await importing(t, { a: csv }, { origin });
  assert.deepEqual([receipt.site, factsOf(receipt).sums.views], ['m.blog.example', [2, 2]]);
  const { month } = await store.totals(receipt.name, now);
  assert.equal(month.get('referrer_(direct)'), 2);
});

test('a file that has nothing of the site is not stored', async (t) => {
  const { outcome, receipt } = await importing(t, { 'a.csv': 'date,url,views\n2026-01-01,https://x.example/,5\n' });
  assert.equal(outcome, 'nothing left');
  assert.deepEqual(factsOf(receipt), { days: [], dropped: { 'page of x.example': 1 }, sums: {} });
  assert.deepEqual(await items(), []);
});

test('hostile texts become names, and formulas stay texts', async (t) => {
  const csv = Buffer.concat([
    Buffer.from(`time,url,visitor,event,referrer\n2026-01-01T10:00Z,/=cmd|'/a'!A1,u,,\n2026-01-01T10:00Z,/,u,=1+1,\n`),
    Buffer.from([...Buffer.from('2026-01-01T10:00Z,/'), 0xff, 0xfe, ...Buffer.from(',u,,javascript:alert(1)\n')]),
  ]);
  const { receipt } = await importing(t, { 'a.csv': csv });
  assert.deepEqual(factsOf(receipt).sums, { views: [2, 2], visitors: [1, 1], visits: [1, 1], events: [1, 1] });
});

test('an access log is imported by its pages, and its bots count as refused', async (t) => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const line = (path: string, userAgent = firefox, time = '13:55:36') =>
    `203.0.113.9 - - [10/Oct/2025:${time} +0000] "GET ${path} HTTP/1.1" 200 2 "-" "${userAgent}"`;
  const log = [line('/'), line('/a', firefox, '14:00:36'), line('/a.css'), line('/', 'GPTBot/1.0'), 'garbage'].join(
    '\n',
  );
  const { receipt } = await importing(t, { 'access.log.gz': gzipSync(log) });
  assert.deepEqual(factsOf(receipt), {
    days: ['2025-10-10'],
    dropped: { 'not a page': 1, 'bot (ai)': 1, 'broken line': 1 },
    sums: { views: [2, 2], visitors: [1, 1], visits: [1, 1] },
  });
  assert.doesNotMatch(JSON.stringify(await items()), /203\.0\.113\.9|Gecko/);
});
