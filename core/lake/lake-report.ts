import type { Day } from '../calendar/day.ts';
import { type DimensionName, dimensions } from '../counters/dimensions.ts';
import { direct, siteOf, unknown } from '../counters/names.ts';
import type { Metric } from '../report/filter.ts';
import type { Count, Metrics, Page, Report } from '../report/report.ts';
import type { Scope } from '../report/scope.ts';
import { seriesDates } from '../report/series.ts';
import { dateIn } from '../report/unit.ts';
import { hasFlows, isOfEvents, lakeDimensions, maxNames } from './lake-select.ts';

/** A row of an answer, by column. A column that is null is absent. */
export type LakeRow = Record<string, string>;

/** What the lake answers to a scope. */
export interface LakeReport {
  report: Report;
  /** The days of the range of which the lake has no record at all. */
  missing: Day[];
}

/** Returns the report that the rows of `lakeSelect` give. `sites` are the hosts of the installation. */
export function lakeReportOf(rows: LakeRow[], scope: Scope, sites: string[]): LakeReport {
  const { range, filter, site } = scope;
  // With VISITORS=off, no record has the number of its view in a visit.
  const hasVisits = rows.some(({ visits }) => Number(visits) > 0);
  const known: Metric[] = isOfEvents(filter) ? ['events'] : hasVisits ? ['views', 'visits'] : ['views'];
  const metric = known.find((each) => each === scope.metric) ?? known[0] ?? 'views';
  const countOf = (totals: Metrics) => totals[metric] ?? 0;
  const metricsOf = (row: LakeRow): Metrics => Object.fromEntries(known.map((each) => [each, Number(row[each])]));
  const dates = seriesDates(range, {});
  const dateOf = ({ date = '', hour }: LakeRow) =>
    range.unit === 'hour' ? `${date}T${hour?.padStart(2, '0')}` : dateIn(range.unit, date as Day);
  /** Adds rows up, as a whole and for each date of the series. */
  function sumsOf(some: LakeRow[]) {
    const byDate = Map.groupBy(some, dateOf);
    const points = dates.map((date) => (byDate.get(date) ?? []).map(metricsOf).reduce(sum, zeros(known)));
    return { totals: points.reduce(sum, zeros(known)), points };
  }

  const fitting = rows.filter(({ fits }) => fits === 'true');
  const having = (column: string) => fitting.filter((row) => row[column] !== undefined);
  const namesBy = (column: DimensionName, by: Metric) => countsOf(having(column), column, by);
  const byTime = having('date');
  const { totals, points } = sumsOf(byTime);
  const bySite = [...Map.groupBy(byTime, (row) => row.site ?? '')].map(([site, some]) => ({ site, ...sumsOf(some) }));
  const isTruncated = rows.filter(({ date }) => date === undefined).length >= maxNames;
  const recorded = new Set(rows.map(({ date }) => date));
  const urlOf = urlsOf(scope, sites);
  /** Returns views by page. A page that is loaded again is left out. */
  const viewsByPage = (some: LakeRow[]): Count[] =>
    some
      .map((row) => ({ name: urlOf(row), count: Number(row.views) }))
      .filter(({ name, count }) => name !== filter.page && count > 0)
      .sort((a, b) => b.count - a.count || byText(a.name, b.name));
  const led = having('before').filter(({ before }) => before !== '');
  return {
    missing: range.days.filter((day) => !recorded.has(day)),
    report: {
      ...{ totals, metric, totalsByPoint: points },
      series: dates.map((date, i) => ({ date, count: countOf(points[i] ?? {}) })),
      pages: having('page')
        .map((row): Page => ({ url: urlOf(row), totals: metricsOf(row), series: [], sources: new Map() }))
        .filter(({ totals }) => Object.values(totals).some((count) => count > 0)) // the others have events only
        .sort((a, b) => countOf(b.totals) - countOf(a.totals) || byText(a.url, b.url)),
      ...{ pagesTruncated: isTruncated, namesTruncated: isTruncated, unassigned: 0, withoutPage: 0 },
      sites: (site === undefined ? bySite : [])
        .map(({ site, totals, points }) => ({ site, totals, series: points.map(countOf) }))
        .sort((a, b) => countOf(b.totals) - countOf(a.totals) || byText(a.site, b.site)),
      sources: namesBy('source', 'views'),
      visitsBy: new Map(lakeDimensions.map((dimension) => [dimension, namesBy(dimension, 'visits')])),
      events: namesBy('event', 'events'),
      ...{ refusals: [], bots: [], hoursByDay: new Map() },
      flows: hasFlows(filter)
        ? {
            before: viewsByPage(led.map(({ before = '', views = '' }) => ({ page: before, views }))),
            next: viewsByPage(rows.filter(({ follows }) => follows === 'true')),
          }
        : undefined,
    },
  };
}

const zeros = (known: Metric[]): Metrics => Object.fromEntries(known.map((each) => [each, 0]));

const sum = (a: Metrics, b: Metrics): Metrics =>
  Object.fromEntries(Object.entries(a).map(([each, count]) => [each, count + (b[each as Metric] ?? 0)]));

/** Returns the names of a dimension that have a count. A visit without a utm parameter is missing from that dimension. */
function countsOf(rows: LakeRow[], dimension: DimensionName, by: Metric): Count[] {
  const { from } = dimensions[dimension];
  const nothing = from === 'referrer' ? direct : from === 'client' ? unknown : '';
  return rows
    .map((row) => ({ name: row[dimension] || nothing, count: Number(row[by]) }))
    .filter(({ name, count }) => name !== '' && count > 0)
    .sort((a, b) => b.count - a.count || byText(a.name, b.name));
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isLocal = (host: string) => /^(localhost|127\.|\[::1\])/.test(host);

/** Returns what gives the URL of a row's page. The lake keeps no scheme and no `www.`: the filter or the settings have them. */
function urlsOf({ filter, site }: Scope, sites: string[]): (row: LakeRow) => string {
  const [ofPage] = /^https?:\/\/[^/]+/.exec(filter.page ?? '') ?? [];
  const hosts = new Map([...sites, ...(site === undefined ? [] : [site])].map((host) => [siteOf(host), host]));
  return ({ site = '', page = '' }) => {
    const host = hosts.get(site) ?? site;
    return (ofPage ?? `${isLocal(host) ? 'http' : 'https'}://${host}`) + page;
  };
}
