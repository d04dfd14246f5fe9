import { renderToString } from 'preact-render-to-string';
import type { Moment } from '../core/calendar/day.ts';
import { monthOf } from '../core/calendar/month.ts';
import { earlierRange, type Range } from '../core/report/range.ts';
import type { Report, Scope, Summary } from '../core/report/report.ts';
import { Breakdowns } from './Breakdowns.tsx';
import { barChart, type ChartBar } from './bar-chart.ts';
import { Days } from './Days.tsx';
import { Document } from './Document.tsx';
import { Filters } from './Filters.tsx';
import { Footer } from './Footer.tsx';
import { Install } from './Install.tsx';
import { linksFrom } from './links.ts';
import { NotCounted } from './NotCounted.tsx';
import { Pages } from './Pages.tsx';
import { RangeNav } from './RangeNav.tsx';
import { SiteNav } from './SiteNav.tsx';
import { Sources } from './Sources.tsx';
import { Totals } from './Totals.tsx';
import { type Drawing, ViewsChart } from './ViewsChart.tsx';

/** What the dashboard shows besides the numbers. */
export interface Installation {
  sites: string[];
  timeZone: string;
  /** The address of /track. */
  endpoint: string;
  snippet: string;
  eventsSnippet: string;
}

/** Who looks. */
export interface Viewer {
  /** Whether to tell how to install and share: to the owner, and to all where the dashboard is public. */
  mayManage: boolean;
  /** Whether there is a session to end. */
  maySignOut: boolean;
  /** The one site that he may see, as if there were no others, or all. */
  site?: string | undefined;
  /** The token of the link that let him in. */
  share?: string | undefined;
}

/** What the dashboard was asked for, and the numbers that answer it. */
export interface DashboardData {
  scope: Scope;
  report: Report;
  /** The summary of the range that the report is compared with. */
  previous: Summary;
  /** When this is, on the site's clock. */
  now: Moment;
  /** Why the scope is not the one that was asked for; empty where it is. */
  problem: string;
}

/** The dashboard as one HTML document that needs nothing else: no script, no style sheet, no image. */
export async function dashboardHtml(data: DashboardData, installation: Installation, viewer: Viewer): Promise<string> {
  const { scope, report, previous, now, problem } = data;
  const { range, filter, site } = scope;
  const linkTo = linksFrom(scope, viewer.share);
  const sites = site ? [site] : installation.sites;
  const prefix = sites.length === 1 ? sites.join() : '';
  const bars = chartBars(data);
  const empty = !report.totals[report.metric];
  // A day that is not over is not to be compared with a whole one.
  const dayOnly = range.unit === 'hour' && range.days[0] === now.day;
  const waiting = empty && range.period === '7d' && !filter.page && !filter.name && viewer.mayManage;
  const page = (
    <Document
      title={sites.length > 3 ? `${sites.length} sites` : sites.join(', ')}
      subtitle={
        <>
          {range.days.length > 1 && `${range.days.length} days, `}
          <Days days={range.days} />
          {range.days.at(-1) === now.day && ', so far'}
        </>
      }
      footer={<Footer timeZone={installation.timeZone} {...viewer} />}
    >
      {installation.sites.length > 1 && !viewer.site && (
        <SiteNav sites={installation.sites} site={site} linkTo={linkTo} />
      )}
      {!waiting && <RangeNav scope={scope} today={now.day} linkTo={linkTo} />}
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      <Filters filter={filter} prefix={prefix} linkTo={linkTo} />
      {waiting && <Install {...installation} sites={sites.map((host) => ({ host, views: 0 }))} />}
      {empty && !waiting && (
        <p class="box">
          Nothing was counted in these days.{' '}
          <a class="is-underlined" href={linkTo({ period: '12mo' })}>
            Show twelve months
          </a>
        </p>
      )}
      {!empty && (
        <>
          <Totals
            now={report.totals}
            before={dayOnly ? undefined : previous.totals}
            daysBefore={earlierRange(range).days}
            isOfPage={filter.page !== undefined}
          />
          <Sources report={report} linkTo={linkTo} />
          {bars.length > 0 && (
            <ViewsChart
              bars={bars}
              unit={range.unit}
              metric={report.metric}
              drawings={await drawings(bars, range.unit)}
              linkTo={linkTo}
            />
          )}
          {filter.page === undefined && <Pages report={report} prefix={prefix} linkTo={linkTo} />}
          <Breakdowns report={report} linkTo={linkTo} />
        </>
      )}
      {!viewer.site && <NotCounted refusals={report.refusals} linkTo={linkTo} />}
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function chartBars({ scope: { range }, report, previous, now }: DashboardData): ChartBar[] {
  const current = { hour: `${now.day}T${now.hour}`, day: now.day, month: monthOf(now.day) }[range.unit];
  return report.series.map(({ date, count }, i) => ({
    date,
    count,
    previous: previous.series[i]?.count ?? 0,
    isPartial: date === current,
    isFuture: date > current,
  }));
}

async function drawings(bars: ChartBar[], unit: Range['unit']): Promise<Drawing[]> {
  return [
    { screens: 'is-narrow', svg: await barChart(bars, unit, 300, 190) },
    { screens: 'is-middle', svg: await barChart(bars, unit, 520, 230) },
    { screens: 'is-wide', svg: await barChart(bars, unit, 1000, 260) },
  ];
}
