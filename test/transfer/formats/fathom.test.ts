import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fathom } from '../../../transfer/formats/fathom.ts';
import { addedUp, assertAllNamed, collected, entriesOf, refuses } from '../collected.ts';
import { inAnyOrder, shuffledCsv } from '../in-any-order.ts';

const views = `datetime,hostname,pathname,referrer_hostname,referrer_pathname,utm_source,utm_medium,utm_campaign,country_code,state,device_type,browser,operating_system,pageviews,visits,uniques,avg_duration,bounce_rate
2024-03-05 09:00:00,https://blog.example,/,https://www.google.com,/,,,,DE,BE,Desktop,Chrome,OS X,7,4,5,30.5,0.25
2024-03-05 00:00:00,blog.example,/,https://www.google.com,/,,,,DE,BE,Desktop,Chrome,OS X,1,1,1,10,1
2024-03-05 10:00:00,https://blog.example,/about,,,Mail,email,March,,,Phone,Safari,iOS,3,2,2,0,0.5
2024-03-05 10:00:00,https://blog.example,/about,https://blog.example,/,,,,FR,,Phone,Safari,iOS,2,0,1,0,0
2024-03-05 10:00:00,https://shop.example,/cart,,,,,,FR,,Phone,Safari,iOS,2,1,1,0,0
2024-03-05 10:00:00,https://blog.example,/about,https://semalt.com,/,,,,FR,,Phone,Safari,iOS,2,1,1,0,0
`;
const events = `datetime,hostname,pathname,event_name,completions
2024-03-05 00:00:00,https://blog.example,/about,Sign up,4
2024-03-05 00:00:00,https://blog.example,/about,,4
2024-03-05 00:00:00,https://shop.example,/cart,Buy,4
`;
const files = { 'views.csv': views, 'events.csv': events };
const day = '2024-03-05';

test('pages have views, hours, visits, bounces, origins and audience', async () => {
  const { counters } = await collected(fathom, files);
  assert.deepEqual(counters, {
    [`${day} https://blog.example/`]: {
      ...{ views: 8, hour_09: 7, hour_00: 1, visitors: 6, site_visitors: 5, visits: 5, engaged: 3, seconds: 132 },
      ...{ channel_search: 5, 'referrer_google.com': 5, country_DE: 5, 'language_(unknown)': 5 },
      ...{ device_desktop: 5, browser_Chrome: 5, os_macOS: 5 },
    },
    [`${day} https://blog.example/about`]: {
      ...{ views: 5, hour_10: 5, visitors: 3, site_visitors: 2, visits: 2, engaged: 1 },
      ...{ channel_mail: 2, 'referrer_(direct)': 2, source_mail: 2, medium_email: 2, campaign_march: 2, views_mail: 3 },
      ...{ 'country_(unknown)': 2, 'language_(unknown)': 2, device_mobile: 2, browser_Safari: 2, os_iOS: 2 },
      'event_sign up': 4,
    },
  });
});

test('the names of each dimension sum to the visits', async () => {
  assertAllNamed(await addedUp(fathom, files));
});

test('tells the sums of the file, and why lines are left out', async () => {
  const { told, drops } = await collected(fathom, files);
  assert.deepEqual(told, {
    ...{ [`${day} views`]: 13, [`${day} visits`]: 7, [`${day} visitors`]: 7, [`${day} events`]: 4 },
  });
  assert.deepEqual(drops, {
    'pageviews: page of shop.example': 1,
    'pageviews: spam': 1,
    'events: event without a name': 1,
    'events: page of shop.example': 1,
  });
});

test('an export by day has no hours, and may have views alone', async () => {
  const csv =
    'datetime,hostname,pathname,pageviews\n2024-03-05 00:00:00,blog.example,/,3\n2024-03-06,blog.example,/,\n';
  const { counters, told } = await collected(fathom, { 'views.csv': csv });
  assert.deepEqual(counters, {
    [`${day} https://blog.example/`]: { views: 3 },
    '2024-03-06 https://blog.example/': {},
  });
  assert.deepEqual(told, { [`${day} views`]: 3 });
});

test('without a bounce rate, nothing tells whether visits go on', async () => {
  const csv = 'datetime,hostname,pathname,pageviews,visits,avg_duration\n2024-03-05 00:00:00,blog.example,/,3,2,9\n';
  const { counters } = await collected(fathom, { 'views.csv': csv });
  const { visits, unlinked, engaged, seconds } = counters[`${day} https://blog.example/`] ?? {};
  assert.deepEqual(
    { visits, unlinked, engaged, seconds },
    { visits: 2, unlinked: 2, engaged: undefined, seconds: undefined },
  );
});

test('a bounce rate is a percentage or a part of 1', async () => {
  const run = async (rate: string, want: number | undefined) => {
    const csv = `datetime,hostname,pathname,pageviews,visits,bounce_rate\n${day} 00:00:00,blog.example,/,9,4,${rate}\n`;
    const { counters } = await collected(fathom, { 'views.csv': csv });
    assert.equal(counters[`${day} https://blog.example/`]?.engaged, want, rate);
  };
  await run('25%', 3);
  await run('25', 3);
  await run('0.25', 3);
  await run('1', undefined);
  await run('1%', 4);
  await run('150%', undefined);
});

test('the order of lines and columns does not matter', async () => {
  const want = await collected(fathom, files);
  await inAnyOrder(async (random) => {
    const mixed = { 'events.csv': shuffledCsv(events, random), 'views.csv': shuffledCsv(views, random) };
    assert.deepEqual(await collected(fathom, mixed), want);
  });
});

test('a broken number is refused with its line', async () => {
  const broken = views.replace('30.5', 'half');
  await refuses(fathom, { 'views.csv': broken }, 'views.csv, line 2: "half" is not a number');
});

test('is recognized by its columns', () => {
  assert.equal(fathom.recognizes(entriesOf({ 'a.csv': views })), true);
  assert.equal(fathom.recognizes(entriesOf({ 'a.csv': events })), true);
  assert.equal(fathom.recognizes(entriesOf({ 'a.csv': 'datetime,pathname,pageviews\n' })), false);
});

test('an export by hour is recognized by any line', async () => {
  const line = (time: string) => `2024-03-05 ${time}:00:00,blog.example,/,1\n`;
  const csv = `datetime,hostname,pathname,pageviews\n${line('00').repeat(2000)}${line('09')}`;
  const { counters } = await collected(fathom, { 'views.csv': csv });
  assert.deepEqual(counters[`${day} https://blog.example/`], { views: 2001, hour_00: 2000, hour_09: 1 });
});
