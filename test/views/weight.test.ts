import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { daysUpTo } from '../../core/calendar/day.ts';
import { listedReport } from '../../core/report/listed-report.ts';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { reporter } from '../../core/report/report.ts';
import { htmlResponse } from '../../http/html-response.ts';
import { httpEvent } from '../../local/event.ts';
import { type DashboardData, dashboardHtml } from '../../views/Dashboard.tsx';
import { type DatedRow, summarize } from '../core/counters/summarize.ts';

const now = { day: '2026-11-21', hour: '14', minute: '30' } as const;
const words =
  'one table is enough for the views of a small site that nobody watches but its owner on a phone at night'.split(' ');
const names = {
  source: ['twitter', 'hacker-news', 'slack', 'mastodon', 'newsletter', 'reddit', 'linkedin'],
  referrer: ['(direct)', 'google.com', 'lobste.rs', 'bing.com', 'duckduckgo.com', 'news.ycombinator.com', 'x.com'],
  channel: ['search', 'direct', 'social', 'community', 'mail', 'ai', 'website'],
  country: ['US', 'DE', 'GB', 'IN', 'FR', 'CA', 'BR', 'NL', 'AU', 'SE', 'ES', 'IT'],
  language: ['en', 'de', 'fr', 'es', 'pt', 'nl', 'ja', 'sv'],
  device: ['desktop', 'mobile', 'tablet'],
  browser: ['Chrome', 'Safari', 'Firefox', 'Microsoft Edge', 'Samsung Internet'],
  os: ['Windows', 'macOS', 'iOS', 'Android', 'Linux'],
  medium: ['social', 'email'],
  campaign: ['november-issue', 'launch', 'autumn-links'],
  event: ['signup', '404', 'download: guide.pdf', 'outbound: github.com'],
};
const counters = Object.entries(names).flatMap(([dimension, some]) => some.map((name) => `${dimension}_${name}`));

/** Returns a number that looks like chance, and is the same each time. */
const chance = (seed: number) => (Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 8) % 997;

/** Returns the rows of `days` days with the same pages. The words of their names and all numbers vary as real ones do. */
const rowsOf = (days: number, pages: number): DatedRow[] =>
  daysUpTo(now.day, days).flatMap((date, day) =>
    Array.from({ length: pages }, (_, page) => {
      const title = Array.from({ length: 5 }, (_, i) => words[chance(page * 5 + i) % words.length]).join('-');
      const views = 20 + chance(page * 7919 + day * 104_729);
      const some = counters.map((name, i) => [name, Math.floor((views * chance(page + i)) / 3000)] as const);
      const ofSources = names.source.map((name, i) => [`views_${name}`, Math.floor(views / (i + 3))] as const);
      const visitors = Math.floor(views / 1.3);
      const totals = { views, visitors, site_visitors: visitors, visits: visitors, engaged: Math.floor(views / 3) };
      return {
        date,
        url: `https://blog.example.com/posts/${title}-${page}`,
        counters: { ...totals, seconds: 60 * views, ...Object.fromEntries([...ofSources, ...some]) },
      };
    }),
  );

/** Returns the dashboard of such a blog, as sent and as text. */
async function dashboardOf(query: Query, summaries: ReturnType<typeof summarize>) {
  const { scope } = parseQuery(query, [], { today: now.day, since: undefined, time: now });
  const reportOf = (range = scope.range) => {
    const { add, report } = reporter({ ...scope, range });
    for (const { summary, ...of } of summaries) if (range.days.includes(of.date as never)) add(summary, of);
    return report();
  };
  const previous = scope.earlier && reportOf(scope.earlier.range);
  const data: DashboardData = {
    ...{ scope, now, report: listedReport(reportOf(), previous, scope), previous },
    ...{ why: undefined, since: undefined, notes: [], imports: [], unusual: [], forecast: undefined, problem: '' },
  } as DashboardData;
  const installation = { timeZone: 'UTC', endpoint: '', snippet: '', eventsSnippet: '' };
  const viewer = { mayManage: true, maySignOut: true, hasLive: true };
  const html = await dashboardHtml(data, { sites: ['blog.example.com'], ...installation }, viewer);
  const bytes = (coding: string) =>
    Buffer.from(htmlResponse(html, httpEvent({ headers: { 'accept-encoding': coding } })).body ?? '', 'base64').length;
  const nodes = [...html.replace(/<style>.*?<\/style>/s, '<style>').matchAll(/<[a-z]/g)].length;
  return { br: bytes('br'), gzip: bytes('gzip'), nodes };
}

test('a week of 100 pages has at most 30 KB as sent, and 1,800 nodes', async () => {
  const { br, gzip, nodes } = await dashboardOf({}, summarize(rowsOf(14, 100)));
  assert.ok(br <= 30_000 && gzip <= 30_000, `${br} bytes by br, ${gzip} by gzip`);
  assert.ok(nodes <= 1800, `${nodes} nodes`);
});

describe('1,000 pages have at most 35 KB as sent', () => {
  const summaries = summarize(rowsOf(93, 1000));
  for (const query of [{ period: '30d' }, { period: '90d' }, { period: '12mo' }, { from: '2026-07-15', by: 'day' }])
    test(JSON.stringify(query), async () => {
      const { br, gzip } = await dashboardOf(query, summaries);
      assert.ok(br <= 35_000 && gzip <= 35_000, `${br} bytes by br, ${gzip} by gzip`);
    });
});
