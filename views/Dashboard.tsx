import { renderToString } from 'preact-render-to-string';
import type { Day, Moment } from '../core/calendar/day.ts';
import type { Explanation } from '../core/report/explain.ts';
import { isFolder } from '../core/report/folders.ts';
import type { Forecast } from '../core/report/forecast.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { Note } from '../core/report/notes.ts';
import { wholeList } from '../core/report/page-list.ts';
import { endsOf } from '../core/report/range.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import type { UnusualDay } from '../core/report/unusual-days.ts';
import { Breakdowns } from './Breakdowns.tsx';
import { ChartCard } from './ChartCard.tsx';
import { Days } from './Days.tsx';
import { Document } from './Document.tsx';
import { Filters } from './Filters.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { HeatMap } from './HeatMap.tsx';
import { Install } from './Install.tsx';
import { LakeNote, type LakeSaid } from './LakeNote.tsx';
import { Unassigned, WithoutPage } from './LeftOut.tsx';
import { linksFrom } from './links.ts';
import { NotCounted } from './NotCounted.tsx';
import { Notes } from './Notes.tsx';
import { NothingCounted } from './NothingCounted.tsx';
import { Pages } from './Pages.tsx';
import { RangeNav } from './RangeNav.tsx';
import { SitesOverview } from './SitesOverview.tsx';
import { Sources } from './Sources.tsx';
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
  /** Whether there is a live page. */
  hasLive: boolean;
  /** Whether they may ask the lake, which tells what names have in common. */
  mayAskLake?: boolean;
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
  /** The imports of the range. */
  imports: ImportedDays[];
  /** The unusual days among the bars. */
  unusual: UnusualDay[];
  /** The views of today by midnight, if they can be estimated. */
  forecast: Forecast | undefined;
  /** The time of the request, in the site's time zone. */
  now: Moment;
  /** What the lake said, if the query is one that only it can tell. */
  lake?: LakeSaid | undefined;
  /** What is wrong with the query, or empty. The scope is then the default. */
  problem: string;
}

/** Renders the dashboard as one HTML document without further requests. */
export async function dashboardHtml(data: DashboardData, installation: Installation, viewer: Viewer): Promise<string> {
  const { scope, report, previous, why, notes, now, problem, lake } = data;
  const { range, filter, site, list = wholeList } = scope;
  const linkTo = linksFrom(scope, viewer.share);
  const sites = site ? [site] : installation.sites;
  const prefix = sites.length === 1 ? sites.join() : '';
  const title = sites.length > 3 ? `${sites.length} sites` : sites.join(', ');
  const isEmpty = !report.totals[report.metric];
  const isFiltered = filter.page !== undefined || filter.name !== undefined;
  const isWaiting =
    Object.values(report.totals).every((count) => !count) && range.period === '7d' && !isFiltered && viewer.mayManage;
  const page = (
    <Document
      title={title}
      header={
        <Header sites={viewer.site ? [viewer.site] : installation.sites} site={site} linkTo={linkTo} {...viewer}>
          {!isWaiting && <RangeNav scope={scope} today={now.day} linkTo={linkTo} />}
        </Header>
      }
      footer={<Footer timeZone={installation.timeZone} mayManage={viewer.mayManage} here={linkTo({})} />}
    >
      <h1 class="for-readers">
        {title}, <Days days={range.days} />
        {range.days.at(-1) === now.day && ', so far'}
      </h1>
      {problem && <p class="notification is-warning is-light">{problem}</p>}
      {lake && <LakeNote lake={lake} scope={scope} linkTo={linkTo} />}
      <Filters
        filter={filter}
        totals={report.totals}
        lake={lake?.missing ? 'tells' : viewer.mayAskLake ? 'can tell' : undefined}
        prefix={prefix}
        linkTo={linkTo}
      />
      {report.withoutPage > 0 && <WithoutPage count={report.withoutPage} metric={report.metric} />}
      {isWaiting && <Install {...installation} sites={sites.map((host) => ({ host, views: 0 }))} />}
      {isEmpty && !isWaiting && <NothingCounted scope={scope} {...report} today={now.day} linkTo={linkTo} />}
      {!isWaiting && (
        <div class="answers">
          {!isEmpty && why && <Why why={why} scope={scope} prefix={prefix} linkTo={linkTo} />}
          <Notes
            notes={notes}
            site={installation.sites.length > 1 ? site : undefined}
            day={endsOf(range)[1]}
            today={now.day}
            mayWrite={viewer.maySignOut}
          />
        </div>
      )}
      {!isEmpty && (
        <>
          {await ChartCard({ ...data, prefix, linkTo })}
          {viewer.hasLive && range.period === 'today' && (
            <p class="remark">
              <a href={`live${linkTo({})}`}>See who is reading now</a>
            </p>
          )}
          {sites.length > 1 && filter.page === undefined && (
            <SitesOverview report={report} sites={sites} unit={range.unit} linkTo={linkTo} />
          )}
          <Sources report={report} previous={previous} linkTo={linkTo} />
          {(filter.page === undefined || isFolder(filter.page)) && (
            <Pages report={report} list={list} unit={range.unit} prefix={prefix} linkTo={linkTo} />
          )}
          {report.unassigned > 0 && <Unassigned count={report.unassigned} metric={report.metric} />}
        </>
      )}
      <Breakdowns
        report={report}
        previous={previous}
        prefix={prefix}
        linkTo={linkTo}
        heatMap={
          <HeatMap report={report} scope={scope} now={now} since={data.since} imports={data.imports} linkTo={linkTo} />
        }
        notCounted={<NotCounted report={report} linkTo={linkTo} />}
      />
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}
