import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../local/folder.ts';
import { neutralCsv } from '../../../transfer/formats/neutral-csv.ts';
import { collected, entriesOf } from '../collected.ts';

const read = (csv: string) => collected(neutralCsv, { 'my.csv': csv });

test('a line with a time is a view or an event', async () => {
  const { views } = await read(
    [
      'time,url,visitor,visit,event,referrer,utm_source,utm_campaign,country,language,device,browser,os,extra',
      '2026-01-02T10:20:30Z,https://blog.example/a,u1,u1/7,,https://news.example/,mastodon,launch,Germany,de-de,smart tv,Mobile Safari,iPadOS,x',
      '2026-01-02T12:20:30+02:00,/a,u1,,sign-up,,,,,,,,,',
    ].join('\n'),
  );
  const unknown = '(unknown)';
  assert.deepEqual(views, [
    {
      time: Date.parse('2026-01-02T10:20:30Z'),
      ...{ url: 'https://blog.example/a', visitor: 'u1', visit: 'u1/7', referrer: 'https://news.example/' },
      campaign: { source: 'mastodon', medium: '', campaign: 'launch', term: '', content: '' },
      client: { country: 'DE', language: 'de', device: 'desktop', browser: 'Safari', os: 'iOS' },
    },
    {
      time: Date.parse('2026-01-02T10:20:30Z'),
      ...{ url: '/a', visitor: 'u1', event: 'sign-up', referrer: '' },
      campaign: { source: '', medium: '', campaign: '', term: '', content: '' },
      client: { country: unknown, language: unknown, device: unknown, browser: unknown, os: unknown },
    },
  ]);
});

test('a line with a date has numbers of a page, of the site, or of a name', async () => {
  const { counters, told } = await read(
    [
      'date,url,views,visitors,site_visitors,visits,engaged,seconds,dimension,name,count',
      '2026-01-02,/a,12,8,5,6,2,300,,,',
      '20260102,,,,3,,,,,,',
      '2026-01-02,/a,,,,,,,country,France,4',
      '2026-01-02,,,,,,,,referrer,Google,2',
      '2026-01-02,/a,,,,,,,event,=Sign-Up,3',
    ].join('\n'),
  );
  const page = counters['2026-01-02 /a'] ?? {};
  const site = counters['2026-01-02'] ?? {};
  assert.deepEqual(
    [page.views, page.visitors, page.visits, page.engaged, page.seconds, page.country_FR, page['event_=sign-up']],
    [12, 8, 6, 2, 300, 4, 3],
  );
  assert.deepEqual([site.site_visitors, site['referrer_google.com']], [3, 2]);
  assert.deepEqual(told, {
    '2026-01-02 views': 12,
    '2026-01-02 visits': 6,
    '2026-01-02 visitors': 8,
    '2026-01-02 events': 3,
  });
});

test('a page of another site is dropped', async () => {
  const { counters, drops } = await read('date,url,views\n2026-01-02,https://other.example/a,12\n');
  assert.deepEqual([counters, drops], [{}, { 'my.csv: page of other.example': 1 }]);
});

const refused: [line: string, sentence: RegExp][] = [
  ['2026-01-02,/a,-1,,,', /^my\.csv, line 2: "-1" is not a whole number/],
  ['2026-01-02,/a,99999999999999,,,', /line 2: "99999999999999" is not a whole number/],
  ['2026-02-31,/a,1,,,', /line 2: "2026-02-31" is not a day like/],
  ['2026-01-02,/a,,planet,Mars,1', /line 2: "planet" is not a dimension\. Write one of referrer, source,/],
];
for (const [line, sentence] of refused)
  test(`${line} is refused with its line`, async () => {
    await assert.rejects(read(`date,url,views,dimension,name,count\n${line}\n`), { message: sentence });
  });

test('the CSV is recognized by its columns', () => {
  const run = (header: string, want: boolean) =>
    assert.equal(neutralCsv.recognizes(entriesOf({ 'a.csv': `${header}\n` })), want, header);
  run('time,url,visitor', true);
  run('views,date,url', true);
  run('date,url,dimension,name,count', true);
  run('date,page,views', false);
});

test('the examples in docs/importing.md are read', async () => {
  const text = readFileSync(join(root, 'docs/importing.md'), 'utf8');
  const [views = '', days = '', ...others] = [...text.matchAll(/```csv\n(.*?)```/gs)].map(([, csv = '']) => csv);
  assert.deepEqual(others, []);
  const read = await Promise.all([views, days].map((csv) => collected(neutralCsv, { 'a.csv': csv })));
  assert.deepEqual(
    read[0]?.views.map(({ event }) => event),
    [undefined, 'sign-up'],
  );
  assert.equal(read[1]?.counters['2025-03-01 /posts/one']?.country_DE, 5);
  assert.equal(read[1]?.counters['2025-03-01']?.site_visitors, 31);
});
