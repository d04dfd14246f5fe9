import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plausible } from '../../../transfer/formats/plausible.ts';
import { addedUp, assertAllNamed, collected, entriesOf, refuses, sumOf, totalsOf } from '../collected.ts';
import { inAnyOrder, shuffled, shuffledCsv } from '../in-any-order.ts';

const day = '2024-03-05';
const numbers = 'visitors,visits,visit_duration,bounces,pageviews';
const files = {
  'imported_visitors_20240305_20240305.csv': `"date","visitors","pageviews","bounces","visits","visit_duration"
"${day}",10,30,4,12,600
`,
  'imported_pages_20240305_20240305.csv': `"date","hostname","page","visits","visitors","pageviews","total_scroll_depth"
"${day}","blog.example","/",9,8,15,1
"${day}","www.blog.example","/about",3,3,6,1
"${day}","blog.example","/about",1,1,2,1
"${day}","shop.example","/cart",1,1,4,1
`,
  'imported_entry_pages_20240305_20240305.csv': `"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"
"${day}","/",8,9,500,3,20
"${day}","/about",1,2,40,1,3
`,
  'imported_exit_pages_20240305_20240305.csv': `date,exit_page,exits,visitors\n${day},/,1,1\n`,
  'imported_sources_20240305_20240305.csv': `"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content","utm_term","pageviews","visitors","visits","visit_duration","bounces"
"${day}","Google","google.com","","","","","",9,4,5,1,1
"${day}","","","","","","","",3,2,2,1,1
"${day}","GitHub","github.com/a/b","","","","","",1,1,1,0,1
"${day}","Mail","","Mail","email","March","","",4,2,2,0,1
"${day}","Hacker News","","","","","","",1,1,1,0,1
"${day}","","semalt.com","","","","","",1,1,1,0,1
`,
  'imported_locations_20240305_20240305.csv': `date,country,region,city,${numbers}\n${day},FR,FR-PAC,3027647,1,7,1,1,1\n${day},,,,1,2,1,1,1\n`,
  'imported_devices_20240305_20240305.csv': `date,device,${numbers}\n${day},Laptop,1,5,1,1,1\n${day},Desktop,1,3,1,1,1\n${day},Mobile,1,4,1,1,1\n`,
  'imported_browsers_20240305_20240305.csv': `date,browser,browser_version,${numbers}\n${day},Chrome,120,1,6,1,1,1\n${day},Mobile App,,1,6,1,1,1\n`,
  'imported_operating_systems_20240305_20240305.csv': `date,operating_system,operating_system_version,${numbers}\n${day},Mac,14,1,6,1,1,1\n${day},GNU/Linux,,1,6,1,1,1\n`,
  'imported_custom_events_20240305_20240305.csv': `"date","name","link_url","path","visitors","events"
"${day}","404","","/no-such-page",1,2
"${day}","Outbound Link: Click","https://www.example.org/x","",1,3
"${day}","File Download","https://blog.example/files/Guide%20A.pdf","/about",1,1
"${day}","Signup","","",1,5
`,
};

test('pages have their views, visitors, entrances and durations', async () => {
  const { counters } = await collected(plausible, files);
  assert.deepEqual(counters[`${day} /`], {
    views: 15,
    visitors: 8,
    visits: 9,
    engaged: 6,
    seconds: 500,
  });
  assert.deepEqual(counters[`${day} /about`], {
    ...{ views: 8, visitors: 4, visits: 2, engaged: 1, seconds: 40 },
    'event_download: guide a.pdf': 1,
  });
  assert.deepEqual(counters[`${day} /no-such-page`], { event_404: 2 });
});

test('numbers without a page stand on none, with what the pages lack', async () => {
  const { counters } = await collected(plausible, files);
  assert.deepEqual(counters[day], {
    // 30 views, less 27 on pages; 12 visits, 8 engaged and 600 seconds, less 11, 7 and 540.
    ...{ site_visitors: 10, views: 3, visits: 1, engaged: 1, seconds: 60 },
    ...{ channel_search: 5, channel_direct: 2, channel_community: 2, channel_mail: 2 },
    ...{ 'referrer_google.com': 5, 'referrer_(direct)': 4, 'referrer_github.com': 1 },
    'referrer_news.ycombinator.com': 1,
    ...{ source_mail: 2, medium_email: 2, campaign_march: 2, views_mail: 4 },
    ...{ country_FR: 7, 'country_(unknown)': 2 },
    ...{ device_desktop: 8, device_mobile: 4 },
    ...{ browser_Chrome: 6, 'browser_(unknown)': 6, os_macOS: 6, os_Linux: 6 },
    ...{ 'event_outbound: www.example.org': 3, event_signup: 5 },
  });
});

test('the names of each dimension sum to the visits', async () => {
  const totals = await addedUp(plausible, files);
  assertAllNamed(totals);
  assert.equal(totals.visits, 12);
});

test('tells the sums of the file, and why lines are left out', async () => {
  const { told, drops } = await collected(plausible, files);
  // 30 views, less 4 of the other host.
  assert.deepEqual(told, {
    [`${day} views`]: 26,
    [`${day} visits`]: 12,
    [`${day} visitors`]: 10,
    [`${day} events`]: 11,
  });
  assert.deepEqual(drops, {
    'imported_pages: page of shop.example': 1,
    'imported_exit_pages: exits are not counted': 1,
    'imported_sources: spam': 1,
  });
});

test('the sums of the counters are those that it tells', async () => {
  const found = await collected(plausible, files);
  const { views, visits, site_visitors } = totalsOf(found);
  assert.deepEqual([views, visits, site_visitors, sumOf(totalsOf(found), 'event')], [26, 12, 10, 11]);
});

test('the order of lines, columns and files does not matter', async () => {
  const want = await collected(plausible, files);
  await inAnyOrder(async (random) => {
    const mixed = Object.entries(files).map(([name, csv]) => [name, shuffledCsv(csv, random)] as const);
    assert.deepEqual(await collected(plausible, Object.fromEntries(shuffled(mixed, random))), want);
  });
});

test('pages that have more than the site leave nothing to add', async () => {
  const more = {
    'site.csv': `date,visitors,pageviews,bounces,visits,visit_duration\n${day},2,3,1,2,9\n`,
    'pages.csv': `date,page,visitors,pageviews\n${day},/,2,5\n`,
  };
  const { views, visits } = await addedUp(plausible, more);
  assert.deepEqual({ views, visits }, { views: 5, visits: 2 });
});

test('an older export without optional columns is read', async () => {
  const old = {
    'imported_browsers.csv': `date,visitors,visits,browser\r\n${day},1,2,Safari\r\n`,
    'imported_pages.csv': `\ufeffpage,pageviews,visitors,date,exits,time_on_page\r\n/x,4,\\N,${day},1,1\r\n`,
  };
  const { counters, told } = await collected(plausible, old);
  assert.deepEqual(counters[`${day} /x`], { views: 4 });
  assert.deepEqual(counters[day], { browser_Safari: 2 });
  assert.deepEqual(told, { [`${day} views`]: 4 });
  // Only one table tells the visits of that day.
  const { visits, unlinked, browser_Safari, 'country_(unknown)': countries } = await addedUp(plausible, old);
  assert.deepEqual([visits, unlinked, browser_Safari, countries], [2, 2, 2, 2]);
});

test('a broken number is refused with its line', async () => {
  const broken = { 'a.csv': `date,page,visitors,pageviews\n${day},/,1,5\n${day},/,1,-5\n` };
  await refuses(plausible, broken, 'a.csv, line 3: "-5" is not a whole number');
});

test('is recognized by its columns', () => {
  assert.equal(plausible.recognizes(entriesOf(files)), true);
  for (const [name, csv] of Object.entries(files)) assert.equal(plausible.recognizes(entriesOf({ [name]: csv })), true);
  assert.equal(plausible.recognizes(entriesOf({ 'a.csv': 'date,page,views\n' })), false);
});

test('a link from the site itself is no referrer', async () => {
  for (const [site, link] of Object.entries({
    'blog.example': 'www.blog.example',
    'm.blog.example': 'm.blog.example',
  })) {
    const csv = `date,source,referrer,visitors,visits\n${day},Blog,${link}/about,1,3\n`;
    const { counters } = await collected(plausible, { 'a.csv': csv }, { site });
    assert.deepEqual(counters[day], { channel_direct: 3, 'referrer_(direct)': 3 });
  }
});
