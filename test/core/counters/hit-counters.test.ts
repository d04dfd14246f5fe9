import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Moment } from '../../../core/calendar/day.ts';
import { type PageView, parseHit } from '../../../core/collect/hit.ts';
import { eventCounters, viewCounters } from '../../../core/counters/hit-counters.ts';

const url = 'https://blog.example.com/';
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const moment: Moment = { day: '2026-11-21', hour: '07', minute: '30' };

function viewOf(fields: object): PageView {
  const hit = { body: JSON.stringify({ url, ...fields }), userAgent, languages: 'fr-CA,fr;q=0.9,en' };
  return parseHit(hit, ['blog.example.com']) as PageView;
}

describe('what a view counts', () => {
  const run = (name: string, fields: object, visit: Record<string, number>, want: Record<string, number>) =>
    test(name, () => assert.deepEqual(viewCounters(viewOf(fields), moment, visit), want));

  run('within a visit', {}, {}, { views: 1, hour_07: 1 });
  run('within a visit, with a source', { utm_source: 'X', utm_medium: 'y' }, {}, { views: 1, views_x: 1, hour_07: 1 });
  run(
    'within a visit, as its second',
    {},
    { engaged: 1, seconds: 9 },
    { views: 1, hour_07: 1, engaged: 1, seconds: 9 },
  );
  const unknown = {
    channel_direct: 1,
    'referrer_(direct)': 1,
    'country_(unknown)': 1,
    device_desktop: 1,
    browser_Firefox: 1,
  };
  const linux = { os_Linux: 1, language_fr: 1 };
  run('as the first of a visit', {}, { visits: 1 }, { views: 1, hour_07: 1, visits: 1, ...unknown, ...linux });
  run(
    'as the first of a campaign',
    {
      referrer: 'https://t.co/x',
      utm_source: 'views',
      utm_medium: 'social',
      utm_campaign: '__proto__',
      utm_term: 'a b',
      utm_content: '(other)',
      tz: 'America/Toronto',
    },
    { visits: 1, site_visitors: 1, visitors: 1 },
    {
      views: 1,
      views_views: 1,
      hour_07: 1,
      visits: 1,
      site_visitors: 1,
      visitors: 1,
      channel_social: 1,
      'referrer_x.com': 1,
      source_views: 1,
      medium_social: 1,
      campaign___proto__: 1,
      'term_a b': 1,
      'content_(other)': 1,
      country_CA: 1,
      device_desktop: 1,
      browser_Firefox: 1,
      ...linux,
    },
  );
});

test('an event counts itself alone', () => {
  assert.deepEqual(eventCounters({ event: 'signup' }), { event_signup: 1 });
});
