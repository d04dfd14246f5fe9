import type { Day } from '../core/calendar/day.ts';
import { visitDimensions } from '../core/counters/dimensions.ts';
import type { Cause, Explanation } from '../core/report/explain.ts';
import { namesOfFilter } from '../core/report/filter.ts';
import type { Forecast } from '../core/report/forecast.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { Note } from '../core/report/notes.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import type { UnusualDay } from '../core/report/unusual-days.ts';
import { fitting } from './fitting.ts';
import { textOfSentence, whySentences } from './why-sentences.ts';

// An answer of a function holds 6 MB, escaped as JSON once more. Then a quote in a name takes four bytes.
const maxBytesOfPages = 2_500_000;
const maxBytesOfList = 100_000;

/** A report, that of the earlier range, and what explains them. */
interface ReportsToShow {
  report: Report;
  previous: Report | undefined;
  why: Explanation | undefined;
  unusual: UnusualDay[];
  forecast: Forecast | undefined;
  notes: Note[];
  imports: ImportedDays[];
  /** Of an answer of the lake, the days that it lacks. */
  lake: { missing: Day[] } | undefined;
}

/** Returns a report as JSON. docs/api.md defines each field. Lists that are too long end early. */
export function statsJson(
  scope: Scope,
  { report, previous, why, unusual, forecast, notes, imports, lake }: ReportsToShow,
): object {
  const { range, filter, site } = scope;
  const { page } = filter;
  let truncated = report.pagesTruncated || report.namesTruncated;
  function shortened<Entry>(entries: Entry[], maxBytes = maxBytesOfList): Entry[] {
    const first = fitting(entries, maxBytes);
    truncated ||= first.length < entries.length;
    return first;
  }
  const lists = {
    pages: shortened(
      report.pages.map(({ url, totals, previous }) => ({ url, ...totals, ...(previous && { previous }) })),
      maxBytesOfPages,
    ),
    viewsBySource: shortened(report.sources),
    visitsBy: Object.fromEntries(
      visitDimensions.map((dimension) => [dimension, shortened(report.visitsBy.get(dimension) ?? [])]),
    ),
    events: shortened(report.events),
    notCounted: report.refusals,
    bots: report.bots,
    hours: hoursJson(report),
    flows: report.flows ? { before: shortened(report.flows.before), next: shortened(report.flows.next) } : null,
  };
  return {
    range: { from: range.days[0], to: range.days.at(-1), period: range.period ?? null, unit: range.unit },
    site: site ?? null,
    filter: {
      ...(page !== undefined && { page }),
      ...Object.fromEntries(namesOfFilter(filter).map(({ dimension, name }) => [dimension, name])),
    },
    lake: lake ? { missingDays: lake.missing } : null,
    totals: report.totals,
    previous: previous?.totals ?? {},
    compared: comparedJson(scope),
    notes: notes.map(({ day, site: about, text }) => ({ day, site: about || null, text })),
    imports: imports.map(importJson),
    why: why ? whyJson(why, scope) : null,
    unusual: unusual.map((each) => ({ ...each, causes: each.causes.map(causeJson) })),
    forecast: forecast ?? null,
    metric: report.metric,
    series: report.series.map(({ date, count }, i) => ({ date, count, previous: previous?.series[i]?.count ?? null })),
    previousSeries: previous?.series ?? [],
    truncated,
    unassigned: report.unassigned,
    withoutPage: report.withoutPage,
    sites: report.sites.map(({ site: host, totals, previous }) => ({
      site: host,
      ...totals,
      ...(previous && { previous }),
    })),
    ...lists,
  };
}

const importJson = ({ name, tool, site, first, last, hasHours }: ImportedDays) => ({
  ...{ name, tool, site, from: first, to: last, hours: hasHours },
});

const causeJson = ({ page, name, now, before }: Cause) => ({
  ...(page !== undefined && { page }),
  ...(name && { [name.dimension]: name.name }),
  ...{ now, before },
});

/** Returns an explanation as sentences and as numbers. Pages have their whole URLs. */
function whyJson(why: Explanation, scope: Scope): object {
  const { now, before, isUsual, causes, rest } = why;
  return {
    sentences: whySentences(why, scope, '').map(textOfSentence),
    ...{ now, before, isUsual },
    causes: causes.map(causeJson),
    rest: rest ?? null,
    rate: why.rate ?? null,
  };
}

/** Returns what the range is compared with, or null. */
function comparedJson({ comparison = 'previous', earlier }: Scope): object | null {
  if (!earlier) return null;
  const { range, until } = earlier;
  const time = until ? `${until.hour}:${until.minute}` : null;
  return { by: comparison, from: range.days[0], to: range.days.at(-1), until: time };
}

/** Returns the views of each hour, by day. */
const hoursJson = ({ hoursByDay }: Report): object[] =>
  [...hoursByDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, views]) => ({ date, views }));
