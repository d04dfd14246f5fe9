import { renderToString } from 'preact-render-to-string';
import type { Day, Moment } from '../core/calendar/day.ts';
import type { Explanation } from '../core/report/explain.ts';
import type { Metric } from '../core/report/filter.ts';
import type { Forecast } from '../core/report/forecast.ts';
import type { Note } from '../core/report/notes.ts';
import { endsOf } from '../core/report/range.ts';
import type { Report, Scope } from '../core/report/report.ts';
import type { Unit } from '../core/report/unit.ts';
import type { UnusualDay } from '../core/report/unusual-days.ts';
import { Breakdowns } from './Breakdowns.tsx';
import { barChart } from './bar-chart.ts';
import { ComparedWith } from './ComparedWith.tsx';
import { DayRemarks } from './DayRemarks.tsx';
import { Days } from './Days.tsx';
import { Document } from './Document.tsx';
import { Filters } from './Filters.tsx';
import { Footer } from './Footer.tsx';
import { Install } from './Install.tsx';
import { nouns } from './labels.ts';
import { linksFrom } from './links.ts';
import { NotCounted } from './NotCounted.tsx';
import { Notes } from './Notes.tsx';
import { Pages } from './Pages.tsx';
import { RangeNav } from './RangeNav.tsx';
import { SiteNav } from './SiteNav.tsx';
import { Sources } from './Sources.tsx';
import { type SeriesBar, seriesBars } from './series-bars.ts';
import { Totals } from './Totals.tsx';
import { counted } from './text.ts';
import { type Drawing, ViewsChart } from './ViewsChart.tsx';
import { Why } from './Why.tsx';

/** The settings that the dashboard shows. */
export interface Installation {
  sites: string[];
  timeZone: string;
  /** The URL of /track. */
  endpoint: string;
  snippet: string;
  eventsSnippet: string;
}

/** The rights of the person at the dashboard. */
export interface Viewer {
  /** Whether to link to the install page and the share page: for the owner, and for all if the dashboard is public. */
  mayManage: boolean;
  /** Whether they have a session. */
  maySignOut: boolean;
  /** The one site that they may see. Undefined if they may see all. */
  site?: string | undefined;
  /** The token of their read-only link, if they came by one. */
  share?: string | undefined;
}

/** A query of the dashboard and its numbers. */
export interface DashboardData {
  scope: Scope;
  report: Report;
  /** The report of the earlier range, if there is one. */
  previous: Report | undefined;
  /** Why they differ, if that is known. */
  why: Explanation | undefined;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  /** The owner's notes on days of the range. */
  notes: Note[];
  /** The unusual days among the bars. */
  unusual: UnusualDay[];
  /** The views of today by midnight, if they can be estimated. */
  forecast: Forecast | undefined;
  /** The time of the request, in the site's time zone. */
  now: Moment;
  /** What is wrong with the query, or empty. The scope is then the default. */
  problem: string;
}

/** Renders the dashboard as one HTML document without further requests. */
export async function dashboardHtml(data: DashboardData, installation: Installation, viewer: Viewer): Promise<string> {
  const { scope, report, previous, why, unusual, forecast, since, notes, now, problem } = data;
  const { range, filter, site } = scope;
  const linkTo = linksFrom(scope, viewer.share);
  const sites = site ? [site] : installation.sites;
  const prefix = sites.length === 1 ? sites.join() : '';
  const bars = seriesBars(range, report, previous, { now, since, unusual });
  const isEmpty = !report.totals[report.metric];
  const isFiltered = filter.page !== undefined || filter.name !== undefined;
  const isWaiting = isEmpty && range.period === '7d' && !isFiltered && viewer.mayManage;
  const page = (
    <Document
      title={sites.length > 3 ? `${sites.length} sites` : sites.join(', ')}
      subtitle={
        <>
          {range.days.length > 1 && `${counted(range.days.length, 'day')}, `}
          <Days days={range.days} />
          {range.days.at(-1) === now.day && ', so far'}
        </>
      }
      footer={<Footer timeZone={installation.timeZone} {...viewer} />}
    >
      {installation.sites.length > 1 && !viewer.site && (
        <SiteNav sites={installation.sites} site={site} linkTo={linkTo} />
      )}
      {!isWaiting && <RangeNav scope={scope} today={now.day} linkTo={linkTo} />}
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      <Filters filter={filter} prefix={prefix} linkTo={linkTo} />
      {isWaiting && <Install {...installation} sites={sites.map((host) => ({ host, views: 0 }))} />}
      {isEmpty && !isWaiting && (
        <p class="box">
          No {isFiltered && 'matching '}
          {nouns[report.metric]}s in this range.{' '}
          <a class="is-underlined" href={linkTo({ period: '12mo' })}>
            Show 12 months
          </a>
        </p>
      )}
      {!isEmpty && (
        <>
          <Totals
            now={report.totals}
            days={range.days}
            before={previous?.totals ?? {}}
            isOfPage={filter.page !== undefined}
          />
          <ComparedWith scope={scope} previous={previous} linkTo={linkTo} />
          {why && <Why why={why} scope={scope} prefix={prefix} linkTo={linkTo} />}
          <Sources report={report} linkTo={linkTo} />
          {bars.length > 0 && (
            <ViewsChart
              bars={bars}
              range={range}
              today={now.day}
              metric={report.metric}
              drawings={await drawings(bars, range.unit)}
              linkTo={linkTo}
            />
          )}
          <DayRemarks unusual={unusual} forecast={forecast} metric={report.metric} prefix={prefix} linkTo={linkTo} />
          {filter.page === undefined && <Pages report={report} unit={range.unit} prefix={prefix} linkTo={linkTo} />}
          {report.unassigned > 0 && <Unassigned count={report.unassigned} metric={report.metric} />}
          <Breakdowns report={report} linkTo={linkTo} />
        </>
      )}
      {!isWaiting && (
        <Notes
          notes={notes}
          site={installation.sites.length > 1 ? site : undefined}
          day={endsOf(range)[1]}
          today={now.day}
          mayWrite={viewer.maySignOut}
        />
      )}
      <NotCounted report={report} linkTo={linkTo} />
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function Unassigned({ count, metric }: { count: number; metric: Metric }) {
  return (
    <p class="remark is-size-7">
      {counted(count, nouns[metric])} more came past a cap and {count === 1 ? 'belongs' : 'belong'} to no site. The
      report of all sites shows {count === 1 ? 'it' : 'them'} as (other).
    </p>
  );
}

async function drawings(bars: SeriesBar[], unit: Unit): Promise<Drawing[]> {
  const draw = barChart(bars, unit);
  return [
    { screens: 'is-narrow', svg: await draw(300, 190) },
    { screens: 'is-middle', svg: await draw(520, 230) },
    { screens: 'is-wide', svg: await draw(1000, 260) },
  ];
}
