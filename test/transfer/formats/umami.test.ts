import assert from 'node:assert/strict';
import { test } from 'node:test';
import { umami } from '../../../transfer/formats/umami.ts';
import { collected, entriesOf } from '../collected.ts';
import { shuffledCsv } from '../in-any-order.ts';

const header =
  'website_id,session_id,visit_id,event_id,hostname,browser,os,device,screen,language,country,region,city,url_path,url_query,utm_source,utm_medium,utm_campaign,utm_content,utm_term,referrer_path,referrer_query,referrer_domain,page_title,gclid,fbclid,msclkid,ttclid,li_fat_id,twclid,event_type,event_name,tag,distinct_id,created_at,job_id';
/** Returns a line with some fields, and null in the others. */
const line = (fields: Record<string, string>) =>
  header
    .split(',')
    .map((name) => fields[name] ?? '\\N')
    .join();
const view = {
  ...{ session_id: 's1', visit_id: 'v1', hostname: 'blog.example', url_path: '/about', url_query: 'a=1' },
  ...{ browser: 'crios', os: 'Mac OS', device: 'laptop', language: 'de-CH', country: 'CH', utm_source: 'mastodon' },
  ...{ referrer_domain: 'news.example', referrer_path: '/x', event_type: '1', created_at: '2026-01-02 10:20:30' },
};
const csv = [
  header,
  line(view),
  line({ ...view, event_type: '2', event_name: 'sign-up' }),
  line({ ...view, event_type: '5' }),
].join('\n');

const wanted = {
  time: Date.parse('2026-01-02T10:20:30Z'),
  url: 'https://blog.example/about?a=1',
  visitor: 's1',
  visit: 'v1',
  referrer: 'https://news.example/x',
  campaign: { source: 'mastodon', medium: '', campaign: '', term: '', content: '' },
  client: { country: 'CH', device: 'desktop', browser: 'Chrome', os: 'macOS', language: 'de' },
};

test('a view and an event are read, other lines are dropped', async () => {
  const { views, drops } = await collected(umami, { 'website_event.csv': csv });
  assert.deepEqual(views, [wanted, { ...wanted, event: 'sign-up' }]);
  assert.deepEqual(drops, { 'website_event: neither view nor event': 1 });
});

test('columns may be in any order, and others beside them', async () => {
  const shuffled = shuffledCsv(csv.replace('job_id', 'lcp'), () => 0.3);
  const { views, drops } = await collected(umami, { 'x.csv': shuffled, 'session_data.csv': 'a,b\n1,2\n' });
  assert.equal(views.length, 2);
  assert.equal(drops['session_data.csv: unknown table'], 1);
  assert.deepEqual(
    views.find(({ event }) => event === undefined),
    wanted,
  );
});

test('a line with nothing but what is needed is read', async () => {
  const short = 'session_id,visit_id,url_path,created_at\ns,v,about,2026-01-02 10:20:30';
  const { views } = await collected(umami, { 'x.csv': short });
  assert.deepEqual([views[0]?.url, views[0]?.referrer, views[0]?.event], ['/about', '', undefined]);
});

test('totals without dates are refused with what to export instead', () => {
  const refused = umami.recognizes(entriesOf({ 'pages.csv': 'x,y\n/,12\n', 'browsers.csv': 'x,y\n' }));
  assert.match(String(refused), /totals of Umami without dates\. Export the table website_event instead/);
  assert.equal(umami.recognizes(entriesOf({ 'pages.csv': 'x,y,z\n' })), false);
});

test('a broken time is refused with its line', async () => {
  const broken = collected(umami, { 'e.csv': [header, line(view), line({ ...view, created_at: '=1+1' })].join('\n') });
  await assert.rejects(broken, { message: /^e\.csv, line 3: "=1\+1" is not a time like/ });
});
