import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Day } from '../core/calendar/day.ts';
import type { Explanation } from '../core/report/explain.ts';
import type { Count, Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import { changeWords } from './Changed.tsx';
import { labelOf } from './labels.ts';
import { PageName } from './PageName.tsx';
import { counted, grouped } from './text.ts';
import { textOfSentence, whySentences } from './why-sentences.ts';

/** The report of a week that is over, and that of the week before, if there is one. */
export interface Week {
  monday: Day;
  sunday: Day;
  report: Report;
  previous: Report | undefined;
  scope: Scope;
  why: Explanation | undefined;
}

interface FeedProps {
  /** The host that it is about, or all hosts. */
  title: string;
  /** The URL of the dashboard. */
  dashboard: string;
  /** The site that it is about, or empty for all. It is part of each entry's id. */
  site: string;
  weeks: Week[];
}

const most = 10;

/** Renders an Atom feed (RFC 4287) with an entry for each week. An entry never changes. */
export function feedXml({ title, dashboard, site, weeks }: FeedProps): string {
  const { host } = new URL(dashboard);
  const idOf = (day: Day) => `tag:${host},${day}:footfall/${encodeURIComponent(site)}`;
  const feed = (
    <feed xmlns="http://www.w3.org/2005/Atom">
      <id>{idOf('2026-01-01')}</id>
      <title>{`${title} · Footfall`}</title>
      <author>
        <name>Footfall</name>
      </author>
      <link href={dashboard} />
      <updated>{instantAfter(weeks[0]?.sunday ?? '2026-01-01')}</updated>
      {weeks.map((week) => (
        <entry key={week.monday}>
          <id>{idOf(week.monday)}</id>
          <title>{headline(week)}</title>
          <link
            href={`${dashboard}?${new URLSearchParams({ from: week.monday, to: week.sunday, ...(site && { site }) })}`}
          />
          <updated>{instantAfter(week.sunday)}</updated>
          <content type="html">{renderToString(<WeekSummary week={week} site={site} />)}</content>
        </entry>
      ))}
    </feed>
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n${legal(renderToString(feed))}`;
}

/** Returns the midnight in UTC that ends a day. Any fixed instant will do, but it must never change. */
const instantAfter = (day: Day) => new Date(Date.parse(day) + 86_400_000).toISOString();

/** Removes the characters that XML forbids. */
const legal = (text: string) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

function headline({ monday, report: { totals }, previous }: Week): string {
  const [what, now, then] = totals.visitors
    ? (['daily visitor', totals.visitors, previous?.totals.visitors ?? 0] as const)
    : (['view', totals.views ?? 0, previous?.totals.views ?? 0] as const);
  const change = then > 0 ? Math.round((100 * (now - then)) / then) : 0;
  const more =
    change === 0 ? '' : `, ${grouped(Math.abs(change))}% ${change > 0 ? 'more' : 'fewer'} than the week before`;
  return `${counted(now, what)} in the week of ${monday}${more}`;
}

function WeekSummary({ week: { scope, report, why }, site }: { week: Week; site: string }) {
  const { totals, pages, visitsBy, refusals } = report;
  const { views = 0, visits = 0, visitors = 0 } = totals;
  return (
    <>
      <p>
        {visitors > 0 && `${counted(visitors, 'daily visitor')} (added up), `}
        {visits > 0 && `${counted(visits, 'visit')}, `}
        {counted(views, 'view')}.
      </p>
      {why && <p>{whySentences(why, scope, site).map(textOfSentence).join(' ')}</p>}
      <List
        title="Top URLs"
        rows={pages.slice(0, most).map(({ url, totals, previous }) => ({
          key: url,
          name: <PageName url={url} prefix={site} />,
          count: totals.views ?? 0,
          previous: previous && (previous.views ?? 0),
        }))}
      />
      <List title="Referrers" rows={rowsOf('referrer', visitsBy.get('referrer'))} />
      <List title="Sources" rows={rowsOf('source', visitsBy.get('source'))} />
      <List title="Not counted" rows={refusals.map((refusal) => ({ key: refusal.name, ...refusal }))} />
    </>
  );
}

const rowsOf = (kind: 'referrer' | 'source', counts: Count[] = []) =>
  counts.slice(0, most).map((each) => ({ ...each, key: each.name, name: labelOf(kind, each.name) }));

interface ListProps {
  title: string;
  rows: Row[];
}

/** A counted name. `previous` is its count in the week before, if that is known. */
interface Row {
  key: string;
  name: ComponentChildren;
  count: number;
  previous?: number | undefined;
}

function List({ title, rows }: ListProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {rows.map(({ key, name, count, previous }) => (
          <li key={key}>
            {name}: {grouped(count)}
            {previous !== undefined && `, ${changeWords(count, previous)}`}
          </li>
        ))}
      </ul>
    </>
  );
}
