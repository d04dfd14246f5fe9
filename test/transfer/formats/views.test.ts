import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Format, ImportedView } from '../../../transfer/format.ts';
import { goatcounterCsv } from '../../../transfer/formats/goatcounter-csv.ts';
import { matomo } from '../../../transfer/formats/matomo.ts';
import { simpleAnalytics } from '../../../transfer/formats/simple-analytics.ts';
import { addedUp, assertAllNamed, collected, entriesOf, refuses, sumOf, totalsOf } from '../collected.ts';
import { inAnyOrder, shuffledCsv } from '../in-any-order.ts';

const time = Date.parse('2024-03-05T10:20:30Z');
const nobody = {
  country: '(unknown)',
  device: '(unknown)',
  browser: '(unknown)',
  os: '(unknown)',
  language: '(unknown)',
} as const;
const once = { engaged: undefined, seconds: undefined };
const sorted = (views: ImportedView[]) => views.map((view) => JSON.stringify(view)).sort();

/** Tests that a CSV, which has no quotes, means the same in any order, and what its views add up to. */
const keepsSums = (format: Format, csv: string, want: Record<string, number | undefined>) => {
  test('the sums of its views are stored, and names sum to the visits', async () => {
    const totals = await addedUp(format, { 'a.csv': csv });
    const { views, visits, site_visitors, engaged, seconds } = totals;
    assert.deepEqual({ views, visits, site_visitors, engaged, seconds, events: sumOf(totals, 'event') }, want);
    assertAllNamed(totals);
  });
  test('the order of lines and columns does not matter', async () => {
    const { views, ...want } = await collected(format, { 'a.csv': csv });
    await inAnyOrder(async (random) => {
      const mixed = shuffledCsv(csv, random);
      const found = await collected(format, { 'a.csv': `\ufeff${mixed.replaceAll('\n', '\r\n')}\r\n` });
      assert.deepEqual({ ...found, views: sorted(found.views) }, { ...want, views: sorted(views) });
    });
  });
};

describe('GoatCounter CSV, version 2', () => {
  const csv = `2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date
/about,About,0,,Safari 14.0,macOS 10.15,s1,0,www.reddit.com/r/x,h,1680,RO-B,1,2024-03-05T10:20:30Z
/about,About,false,,Chrome 86,Android 7,s2,0,March,c,390,,0,2024-03-05T10:20:30Z
/about,About,0,,Chrome 86,Windows 7,s3,150,,o,1280,US,1,2024-03-05T10:20:30Z
/about,About,0,curl/8.0,,,s3,0,,o,1280,US,1,2024-03-05T10:20:30Z
click-cv,CV,1,,Chrome 86,Windows 7,s1,0,,o,1280,AR,1,2024-03-05T23:30:00Z
`;
  keepsSums(goatcounterCsv, csv, { ...once, views: 2, visits: 2, site_visitors: 2, events: 1 });

  test('lines are views with the words of their browser', async () => {
    const { views, drops } = await collected(goatcounterCsv, { 'a.csv': csv });
    const view = { time, url: '/about' };
    assert.deepEqual(views, [
      {
        ...{ ...view, visitor: 's1', referrer: 'reddit.com', campaign: {} },
        client: { ...nobody, country: 'RO', device: 'desktop', browser: 'Safari', os: 'macOS' },
      },
      {
        ...{ ...view, visitor: 's2', referrer: '', campaign: { source: 'March' } },
        client: { ...nobody, device: 'mobile', browser: 'Chrome', os: 'Android' },
      },
    ]);
    assert.deepEqual(drops, { 'pageviews: bot': 2 });
  });

  test('events have no page, and are of the day on the clock of the site', async () => {
    const { counters, told } = await collected(goatcounterCsv, { 'a.csv': csv }, { timeZone: 'Europe/Berlin' });
    assert.deepEqual(counters, { '2024-03-06': { 'event_click-cv': 1 } });
    assert.deepEqual(told, { '2024-03-06 events': 1 });
  });

  test('a line without a time is refused', () =>
    refuses(
      goatcounterCsv,
      { 'a.csv': csv.replace('2024-03-05T10:20:30Z', 'yesterday') },
      'a.csv, line 2: "yesterday" is not a time',
    ));
});

describe('GoatCounter CSV, version 1', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
  const csv = `1Path,Title,Event,Bot,Session,FirstVisit,Referrer,Referrer scheme,Browser,Screen size,Location,Date
/,Home,0,0,17,1,Hacker News,g,"${agent}","1280,768,1",AR,2024-03-05T10:20:30Z
`;
  test('the browser is a user agent', async () => {
    const { views } = await collected(goatcounterCsv, { 'a.csv': csv });
    assert.deepEqual(views, [
      {
        ...{ time, url: '/', visitor: '17', referrer: 'news.ycombinator.com', campaign: {} },
        client: { ...nobody, country: 'AR', device: 'desktop', browser: 'Firefox', os: 'Linux' },
      },
    ]);
  });
});

describe('Simple Analytics', () => {
  const csv = `added_iso,hostname,path,is_unique,is_robot,document_referrer,utm_source,device_type,country_code,browser_name,os_name,lang_language,datapoint,session_id
2024-03-05T10:20:30.123Z,blog.example,/about,true,false,https://www.google.com/,News,mobile,DE,Chrome,Android,de,pageview,s1
2024-03-05T11:20:30.123+01:00,blog.example,/about,false,false,,,mobile,DE,Chrome,Android,de,signup,s1
2024-03-05T10:20:30.123Z,blog.example,/about,true,true,,,,,,,,pageview,s2
`;
  const plain = `added_iso,hostname,hostname_original,path,is_unique,document_referrer,device_type,country_code
2024-03-05T23:20:30.123Z,blog.example,www.blog.example,/about,true,https://www.google.com/,desktop,FR
2024-03-05T23:21:30.123Z,blog.example,www.blog.example,/about,false,https://blog.example/,desktop,FR
2024-03-05T23:21:30.123Z,shop.example,shop.example,/about,true,,desktop,FR
2024-03-05T23:21:30.123Z,blog.example,blog.example,/about,true,https://semalt.com/,desktop,FR
`;
  keepsSums(simpleAnalytics, csv, { ...once, views: 1, visits: 1, site_visitors: 1, events: 1 });
  keepsSums(simpleAnalytics, plain, { ...once, views: 2, visits: 1, site_visitors: 1, events: 0 });

  test('lines with a session are views and events of a visit', async () => {
    const { views, drops } = await collected(simpleAnalytics, { 'a.csv': csv });
    const client = { country: 'DE', device: 'mobile', browser: 'Chrome', os: 'Android', language: 'de' };
    const common = { time: time + 123, url: 'https://blog.example/about', visitor: 's1', visit: 's1', client };
    const none = { medium: '', campaign: '', content: '', term: '' };
    assert.deepEqual(views, [
      { ...common, referrer: 'google.com', campaign: { ...none, source: 'News' }, event: undefined },
      { ...common, referrer: '', campaign: { ...none, source: '' }, event: 'signup' },
    ]);
    assert.deepEqual(drops, { 'datapoints: bot': 1 });
  });

  test('without sessions, a unique view is an unlinked visit of a visitor', async () => {
    const found = await collected(simpleAnalytics, { 'a.csv': plain }, { timeZone: 'Europe/Paris' });
    assert.deepEqual(found.counters, {
      '2024-03-06 https://www.blog.example/about': {
        ...{ views: 2, hour_00: 2, visitors: 1, site_visitors: 1, visits: 1, unlinked: 1 },
        ...{ channel_search: 1, 'referrer_google.com': 1, country_FR: 1, device_desktop: 1 },
        ...{ 'browser_(unknown)': 1, 'os_(unknown)': 1, 'language_(unknown)': 1 },
      },
    });
    assert.deepEqual(found.told, { '2024-03-06 views': 2, '2024-03-06 visits': 1, '2024-03-06 visitors': 1 });
    assert.deepEqual(found.drops, { 'datapoints: page of shop.example': 1, 'datapoints: spam': 1 });
    assertAllNamed(totalsOf(found));
  });
});

describe('Matomo', () => {
  const seconds = time / 1000;
  const action = (n: number) =>
    ['type', 'url', 'timestamp', 'eventCategory', 'eventAction']
      .map((field) => `actionDetails_${n}_${field}`)
      .join(',');
  const visits = 'idVisit,visitorId,referrerType,referrerName,referrerUrl,campaignName,campaignSource';
  const words = 'browserName,operatingSystemName,deviceType,resolution,languageCode,countryCode';
  const csv = `${visits},${action(0)},${action(1)},${action(2)},${words}
17,ab,search,Google,https://www.google.com/,,,action,https://blog.example/,${seconds},,,outlink,https://www.example.org/,${seconds + 5},,,action,https://blog.example/about,${seconds + 60},,,Chrome Mobile,Android,Smartphone,390x844,de-de,de
18,cd,campaign,Spring,,Spring,Mail,action,https://blog.example/,${seconds},,,event,,${seconds + 1},Video,Play,goal,,${seconds + 2},,,Firefox,GNU/Linux,Desktop,1280x720,fr,xx
19,ef,direct,,,,,download,https://blog.example/a.pdf,${seconds},,,,,,,,,,,,,Firefox,Mac,Desktop,1280x720,fr,fr
`;
  const phone = { country: 'DE', device: 'mobile', browser: 'Chrome', os: 'Android', language: 'de' };
  const desktop = { country: '(unknown)', device: 'desktop', browser: 'Firefox', os: 'Linux', language: 'fr' };
  const direct = { referrer: '', campaign: {} };
  const google = { referrer: 'google.com', campaign: {} };
  const spring = {
    referrer: '',
    campaign: { campaign: 'Spring', source: 'Mail', medium: '', term: '', content: '' },
  };
  const first = { visitor: 'ab', visit: '17', client: phone };
  const second = { visitor: 'cd', visit: '18', client: desktop, ...spring };
  const home = 'https://blog.example/';
  const want = [
    { ...first, time, url: home, ...google, event: undefined },
    { ...first, time: time + 5000, url: home, ...direct, event: 'outbound: www.example.org' },
    { ...first, time: time + 60_000, url: `${home}about`, ...direct, event: undefined },
    { ...second, time, url: home, event: undefined },
    { ...second, time: time + 1000, url: home, ...direct, event: 'Video: Play' },
  ];
  keepsSums(matomo, csv, { views: 3, visits: 2, site_visitors: 2, engaged: 1, seconds: 60, events: 2 });

  test('a line is a visit with its views and events', async () => {
    const { views, drops } = await collected(matomo, { 'a.csv': csv });
    assert.deepEqual(views, want);
    assert.deepEqual(drops, { 'actions: action other than a view or event': 1, 'actions: action without a page': 1 });
  });

  test('UTF-16 is read, as Matomo writes it unless told otherwise', async () => {
    const { views } = await collected(matomo, { 'a.csv': Buffer.from(`\ufeff${csv}`, 'utf16le') });
    assert.deepEqual(views, want);
  });

  test('a time that is none is refused with its line', () =>
    refuses(
      matomo,
      { 'a.csv': csv.replace(`${seconds + 60}`, '10:20') },
      'a.csv, line 2: "10:20" is not a time in seconds',
    ));

  test('the columns are as many as the longest visit has actions', async () => {
    const many = Array.from({ length: 12 }, (_, n) => [
      `actionDetails_${n}_type`,
      `actionDetails_${n}_url`,
      `actionDetails_${n}_timestamp`,
    ]);
    const line = many.flatMap((_, n) => ['action', `https://blog.example/${n}`, `${seconds + n}`]);
    const { views } = await collected(matomo, { 'a.csv': `idVisit,${many.flat()}\n1,${line}\n` });
    assert.deepEqual(
      views.map(({ url }) => url),
      many.map((_, n) => `https://blog.example/${n}`),
    );
  });
});

test('each format recognizes its own export only', () => {
  const headers = {
    'goatcounter-csv': '2Path,Title,Event,FirstVisit,Date\n',
    'simple-analytics': 'added_iso,path,document_referrer\n',
    matomo: 'idVisit,actionDetails_0_type,actionDetails_0_url\n',
  };
  for (const format of [goatcounterCsv, simpleAnalytics, matomo])
    for (const [name, header] of Object.entries(headers))
      assert.equal(format.recognizes(entriesOf({ 'a.csv': header })), format.name === name, `${format.name}: ${name}`);
});
