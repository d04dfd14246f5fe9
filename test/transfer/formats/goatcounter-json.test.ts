import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goatcounterJson } from '../../../transfer/formats/goatcounter-json.ts';
import { addedUp, assertAllNamed, collected, entriesOf, refuses } from '../collected.ts';
import { inAnyOrder, shuffled } from '../in-any-order.ts';

const folder = 'goatcounter-export-blog-20260307T164927Z';
const lines = (...objects: object[]) => `${objects.map((each) => JSON.stringify(each)).join('\n')}\n`;
const day = '2026-03-05';
const hour = (at: string) => `${day}T${at}:00:00Z`;
const files = {
  [`${folder}/info.json`]: JSON.stringify({ export_version: '1.0', goatcounter_version: '2.7' }),
  [`${folder}/paths.jsonl`]: lines(
    { id: 1, path: '/', title: 'Home' },
    { id: 2, path: '/about', title: 'About' },
    { id: 3, event: true, path: 'click-banana', title: '' },
  ),
  [`${folder}/refs.jsonl`]: lines(
    { id: 1, ref: '', ref_scheme: 'o' },
    { id: 2, ref: 'www.reddit.com/r/programming', ref_scheme: 'h' },
    { id: 3, ref: 'Google', ref_scheme: 'g' },
    { id: 4, ref: 'March Letter', ref_scheme: 'c' },
    { id: 5, ref: 'semalt.com/x', ref_scheme: 'h' },
  ),
  [`${folder}/browsers.jsonl`]: lines({ id: 7, name: 'Firefox', version: '83' }, { id: 8, name: '', version: '' }),
  [`${folder}/systems.jsonl`]: lines({ id: 7, name: 'macOS', version: '10.15' }),
  [`${folder}/locations.jsonl`]: lines({ country: 'RO', region: 'B', country_name: 'Romania', region_name: '' }),
  [`${folder}/languages.jsonl`]: lines({ iso_639_3: 'eng', name: 'English' }),
  [`${folder}/hit_stats.jsonl`]: lines(
    { hour: hour('09'), path_id: 1, ref_id: 1, count: 4 },
    { hour: hour('09'), path_id: 1, ref_id: 2, count: 2 },
    { hour: hour('23'), path_id: 1, ref_id: 3, count: 1 },
    { hour: hour('10'), path_id: 2, ref_id: 4, count: 3 },
    { hour: hour('10'), path_id: 2, ref_id: 5, count: 9 },
    { hour: hour('10'), path_id: 3, ref_id: 1, count: 2 },
    { hour: hour('10'), path_id: 99, ref_id: 1, count: 2 },
  ),
  [`${folder}/browser_stats.jsonl`]: lines(
    { day, path_id: 1, browser_id: 7, count: 6 },
    { day, path_id: 1, browser_id: 8, count: 1 },
    { day, path_id: 2, browser_id: 7, count: 3 },
    { day, path_id: 3, browser_id: 7, count: 2 },
  ),
  [`${folder}/system_stats.jsonl`]: lines({ day, path_id: 1, system_id: 7, count: 7 }),
  [`${folder}/location_stats.jsonl`]: lines(
    { day, path_id: 1, location: 'RO-B', count: 5 },
    { day, path_id: 1, location: '', count: 2 },
    { day, path_id: 2, location: 'IN', count: 3 },
  ),
  [`${folder}/language_stats.jsonl`]: lines({ day, path_id: 1, language: 'eng', count: 7 }),
  [`${folder}/size_stats.jsonl`]: lines(
    { day, path_id: 1, width: 1280, count: 6 },
    { day, path_id: 1, width: 0, count: 1 },
    { day, path_id: 2, width: 390, count: 3 },
  ),
};

test('joins the ids: pages have views, hours, referrers and audience', async () => {
  const { counters } = await collected(goatcounterJson, files);
  assert.deepEqual(counters, {
    [`${day} /`]: {
      ...{ views: 7, visitors: 7, visits: 7, unlinked: 7, hour_09: 6, hour_23: 1 },
      ...{ channel_direct: 4, channel_community: 2, channel_search: 1 },
      ...{ 'referrer_(direct)': 4, 'referrer_reddit.com': 2, 'referrer_google.com': 1 },
      ...{ browser_Firefox: 6, 'browser_(unknown)': 1, os_macOS: 7, country_RO: 5, 'country_(unknown)': 2 },
      ...{ language_en: 7, device_desktop: 6, 'device_(unknown)': 1 },
    },
    [`${day} /about`]: {
      ...{ views: 3, visitors: 3, visits: 3, unlinked: 3, hour_10: 3 },
      ...{ channel_campaign: 3, 'referrer_(direct)': 3, 'source_march letter': 3, 'views_march letter': 3 },
      ...{ browser_Firefox: 3, country_IN: 3, device_mobile: 3 },
    },
    [day]: { 'event_click-banana': 2 },
  });
});

test('the names of each dimension sum to the visits', async () => {
  assertAllNamed(await addedUp(goatcounterJson, files));
});

test('hours of views are on the clock of the site. Visits keep the days in UTC that their names have', async () => {
  const { counters, told } = await collected(goatcounterJson, files, { timeZone: 'Asia/Tokyo' });
  assert.equal(counters[`${day} /`]?.hour_18, 6);
  assert.deepEqual(counters['2026-03-06 /'], { views: 1, visitors: 1, hour_08: 1 });
  assert.deepEqual(told, {
    [`${day} views`]: 9,
    [`${day} visits`]: 10,
    [`${day} events`]: 2,
    '2026-03-06 views': 1,
  });
});

test('tells the sums of the file, and why lines are left out', async () => {
  const { told, drops } = await collected(goatcounterJson, files);
  assert.deepEqual(told, { [`${day} views`]: 10, [`${day} visits`]: 10, [`${day} events`]: 2 });
  assert.deepEqual(drops, {
    'hit_stats: spam': 1,
    'hit_stats: unknown path': 1,
    'browser_stats: of an event': 1,
  });
});

test('the order of lines and files does not matter', async () => {
  const want = await collected(goatcounterJson, files);
  await inAnyOrder(async (random) => {
    const mixed = Object.entries(files).map(
      ([name, text]) => [name, `${shuffled(text.trim().split('\n'), random).join('\r\n')}\n`] as const,
    );
    assert.deepEqual(await collected(goatcounterJson, Object.fromEntries(shuffled(mixed, random))), want);
  });
});

test('tables that GoatCounter does not collect may be missing', async () => {
  const few = Object.entries(files).filter(([name]) => /(paths|hit_stats)/.test(name));
  const totals = await addedUp(goatcounterJson, Object.fromEntries(few));
  assert.deepEqual([totals.visits, totals['browser_(unknown)'], totals['country_(unknown)']], [19, 19, 19]);
});

test('a cut line and a later version are refused', async () => {
  const run = (changed: Record<string, string>, start: string) =>
    refuses(goatcounterJson, { ...files, ...changed }, start);
  const [hits, info] = [`${folder}/hit_stats.jsonl`, `${folder}/info.json`];
  await run({ [hits]: '{"hour":"2026\n' }, `${hits}, line 1: this is not a JSON object.`);
  await run({ [info]: '{"export_version": "2.0"}' }, "This is version 2 of GoatCounter's export");
});

test('is recognized by its counts of hits', () => {
  assert.equal(goatcounterJson.recognizes(entriesOf(files)), true);
  assert.equal(goatcounterJson.recognizes(entriesOf({ 'hit_stats.jsonl': 'a,b\n' })), false);
  assert.equal(goatcounterJson.recognizes(entriesOf({ 'paths.jsonl': '{}' })), false);
});

test('a path that is a URL of another site is in no sum', async () => {
  const paths = lines({ id: 1, path: 'https://other.example/' }, { id: 2, path: '/about' });
  const { views, visits } = await addedUp(goatcounterJson, { ...files, [`${folder}/paths.jsonl`]: paths });
  assert.deepEqual({ views, visits }, { views: 3, visits: 3 });
});
