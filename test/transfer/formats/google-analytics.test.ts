import assert from 'node:assert/strict';
import { test } from 'node:test';
import { googleAnalytics } from '../../../transfer/formats/google-analytics.ts';
import { addedUp, assertAllNamed, collected, entriesOf, refuses } from '../collected.ts';
import { inAnyOrder, shuffled, shuffledCsv } from '../in-any-order.ts';

const day = '2026-05-01';
const comment = `# ----------------------------------------
# Free form 1
# Start date: 20260501
# End date: 20260531
# ----------------------------------------

`;
const tables = {
  pages: `Date,Page path and screen class,Hostname,Views,Active users
20260501,/,blog.example,1234,900
20260501,/about/,blog.example,20,10
20260501,/cart,shop.example,20,10
20260501,(other),blog.example,6,3
`,
  landing: `Date,Landing page,Sessions,Engaged sessions
20260501,/,700,400
20260501,(not set),100,10
`,
  dates: `Date,Views,Active users,Sessions,Engaged sessions
20260501,1300,950,810,420
`,
  sources: `Date,Session source,Session medium,Session campaign,Sessions,Views
20260501,google,organic,(organic),400,500
20260501,(direct),(none),(direct),300,500
20260501,news.ycombinator.com,referral,(referral),50,70
20260501,Letter,email,May,55,90
20260501,semalt.com,referral,(referral),5,5
`,
  country: `Date,Country,Sessions
20260501,Germany,500
20260501,Türkiye,200
20260501,(not set),10
`,
  device: 'Date,Device category,Sessions\n20260501,mobile,600\n20260501,smart tv,100\n',
  browser: 'Date,Browser,Sessions\n20260501,Safari (in-app),600\n',
  os: 'Date,Operating system,Sessions\n20260501,Macintosh,600\n',
  language: 'Date,Language,Sessions\n20260501,German,600\n',
};
const total = (csv: string) =>
  csv.replace('\n', `\n${',9'.repeat((csv.split('\n')[0] ?? '').split(',').length - 1)}\n`);
/** One file with all tables, each below comments and with a line of totals. */
const report = (parts: string[]) => `\ufeff${parts.map((csv) => `${comment}${csv}\n`).join('')}`;
const file = { 'report.csv': report(Object.values(tables).map(total)) };

test('pages have views and users, landing pages have sessions', async () => {
  const { counters } = await collected(googleAnalytics, file);
  assert.deepEqual(counters[`${day} https://blog.example/`], { views: 1234, visitors: 900 });
  assert.deepEqual(counters[`${day} https://blog.example/about/`], { views: 20, visitors: 10 });
  assert.deepEqual(counters[`${day} /`], { visits: 700, engaged: 400 });
});

test('numbers without a page stand on none, with what the pages lack', async () => {
  const { counters } = await collected(googleAnalytics, file);
  assert.deepEqual(counters[day], {
    // 6 views, 3 users and 100 sessions of no page. Pages lack 20 of 1,300 views, and 10 of 810 sessions.
    ...{ views: 26, visitors: 3, visits: 110, engaged: 20, site_visitors: 950 },
    ...{ channel_search: 400, channel_direct: 300, channel_community: 50, channel_mail: 55 },
    ...{
      'referrer_google.com': 400,
      'referrer_(direct)': 355,
      'referrer_news.ycombinator.com': 50,
    },
    ...{ source_letter: 55, medium_email: 55, campaign_may: 55, views_letter: 90 },
    ...{ country_DE: 500, country_TR: 200, 'country_(unknown)': 10, device_mobile: 600, device_desktop: 100 },
    ...{ browser_Safari: 600, os_macOS: 600, language_de: 600 },
  });
});

test('the names of each dimension sum to the visits', async () => {
  const totals = await addedUp(googleAnalytics, file);
  assertAllNamed(totals);
  assert.equal(totals.visits, 810);
});

test('tells the sums of the file, and why lines are left out', async () => {
  const { told, drops } = await collected(googleAnalytics, file);
  // 1,300 views, less 20 of the other host.
  assert.deepEqual(told, { [`${day} views`]: 1280, [`${day} visits`]: 810, [`${day} visitors`]: 950 });
  const totals = ['dates', 'pages', 'landing pages', 'sources', 'country', 'device', 'browser', 'os', 'language'];
  assert.deepEqual(drops, {
    ...Object.fromEntries(totals.map((table) => [`${table}: total`, 1])),
    'pages: page of shop.example': 1,
    'sources: spam': 1,
  });
});

test('the order of tables, lines and columns does not matter', async () => {
  const want = await collected(googleAnalytics, file);
  await inAnyOrder(async (random) => {
    const mixed = Object.values(tables).map((csv) => `${shuffledCsv(total(csv), random)}\n`);
    const [one, ...others] = shuffled(mixed, random);
    const files = { 'a.csv': report([one ?? '']), 'b.csv': report(others) };
    assert.deepEqual(await collected(googleAnalytics, files), want);
  });
});

test('titles and numbers may be in the language of the owner', async () => {
  const german = `# Startdatum: 20260501
Datum;Seitenpfad und Bildschirmklasse;Aufrufe;Aktive Nutzer
;;1.240;900;Gesamtsumme
20260501;/;1.234;1.000.000
`;
  const french = `Date,Chemin de la page et classe de l'écran,Vues,Utilisateurs actifs,Revenu total
20260501,/,1\u202f234,"1\u00a0000",0
`;
  assert.deepEqual((await collected(googleAnalytics, { 'a.csv': german })).counters, {
    [`${day} /`]: { views: 1234, visitors: 1_000_000 },
  });
  assert.deepEqual((await collected(googleAnalytics, { 'a.csv': french })).counters, {
    [`${day} /`]: { views: 1234, visitors: 1000 },
  });
});

test('a report by hour has hours, and users of no page', async () => {
  const csv = `Date + hour (YYYYMMDDHH),Page location,Views,Active users
2026050109,https://blog.example/?p=2,3,2
2026050123,https://blog.example/?p=2,1,1
2026050123,https://shop.example/,1,1
`;
  assert.deepEqual((await collected(googleAnalytics, { 'a.csv': csv })).counters, {
    [`${day} https://blog.example/?p=2`]: { views: 4, hour_09: 3, hour_23: 1 },
  });
});

test('a page by country and date has views, and no users: one may be in two countries', async () => {
  const csv = `Date,Page path and screen class,Country,Views,Active users\n20260501,/,France,3,2\n20260501,/,Spain,1,1\n`;
  assert.deepEqual((await collected(googleAnalytics, { 'a.csv': csv })).counters[`${day} /`], { views: 4 });
});

test('no more sessions are engaged than there are, and of two columns of the same numbers the first counts', async () => {
  const csv = 'Date,Active users,Total users,Sessions,Engaged sessions\n20260501,5,6,3,4\n';
  const { counters } = await collected(googleAnalytics, { 'a.csv': csv });
  assert.deepEqual(counters[day], { site_visitors: 5, visits: 3, engaged: 3 });
});

test('a day that two tables have counts once', async () => {
  const csv = 'Date,Page path,Views\n20260501,/,3\n';
  const { told, drops } = await collected(googleAnalytics, { 'a.csv': csv, 'b.csv': `${csv}20260502,/,1\n` });
  assert.deepEqual(told, { [`${day} views`]: 3, '2026-05-02 views': 1 });
  assert.deepEqual(drops, { 'pages: day that an earlier table has': 1 });
});

test('tables without a date are left out beside others', async () => {
  const csv = `${comment}Page path and screen class,Views\n/,9\n${comment}Date,Page path,Views\n20260501,/,3\n`;
  const { told, drops } = await collected(googleAnalytics, { 'a.csv': csv });
  assert.deepEqual(told, { [`${day} views`]: 3 });
  assert.deepEqual(drops, { 'other tables: no date, or labels that are not counted': 1 });
});

test('a report without dates is refused with the export to make instead', () => {
  const says = (csv: string) => googleAnalytics.recognizes(entriesOf({ 'a.csv': csv }));
  assert.equal(says(report([tables.pages])), true);
  assert.equal(says(tables.dates), true);
  assert.match(
    String(says(`${comment}Page path and screen class,Views,Active users\n/,3,2\n`)),
    /has no column "Date"/,
  );
  assert.match(String(says(`${comment}ページパス,表示回数\n/,3\n`)), /make a free form with the rows "Date"/);
  assert.equal(says('day,url,views\n'), false);
});

test('a broken line is refused with its number', async () => {
  const run = (csv: string, start: string) => refuses(googleAnalytics, { 'a.csv': csv }, start);
  await run('Date,Page path,Views\n20260501,/,3\n20261301,/,3\n', 'a.csv, line 3: "20261301" is not a day');
  await run('Date,Page path,Views\n20260501,/\n', 'a.csv, line 2: the line has 2 of 3 fields.');
  await run('Date,Page path,Views\n20260501,/,1.5\n', 'a.csv, line 2: "1.5" is not a whole number');
});

test('names in brackets are no campaigns', async () => {
  const csv = 'Date,Session source,Session medium,Session campaign,Sessions\n20260501,ads,cpc,(not set),3\n';
  const { counters } = await collected(googleAnalytics, { 'a.csv': csv });
  assert.deepEqual(counters[day], { channel_campaign: 3, 'referrer_(direct)': 3, source_ads: 3, medium_cpc: 3 });
});

test('sessions that landed on another host are not missing on this one', async () => {
  const landing = 'Date,Landing page,Hostname,Sessions\n20260501,/,blog.example,5\n20260501,/,shop.example,4\n';
  const { told } = await collected(googleAnalytics, { 'a.csv': landing, 'b.csv': 'Date,Sessions\n20260501,10\n' });
  assert.deepEqual(told, { [`${day} visits`]: 6 });
});
