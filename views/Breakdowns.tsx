import type { ComponentChildren } from 'preact';
import {
  type CampaignField,
  campaignFields,
  type DimensionName,
  dimensionNames,
  dimensions,
} from '../core/counters/dimensions.ts';
import type { Count, Flows, Report } from '../core/report/report.ts';
import { labelOf, none } from './labels.ts';
import { csvLink, type LinkTo } from './links.ts';
import { pageLabel } from './PageName.tsx';
import { type List, Panel } from './Panel.tsx';

interface Props {
  report: Report;
  /** The report of the earlier range, if there is one. */
  previous: Report | undefined;
  /** The host that pages are shown without, or empty. */
  prefix: string;
  linkTo: LinkTo;
  /** The panel of hours. */
  heatMap: ComponentChildren;
  /** The panel of refused hits. */
  notCounted: ComponentChildren;
}

const panels = [...Map.groupBy(dimensionNames, (name) => dimensions[name].panel).values()];

const titles = [
  'Where visits came from',
  'Campaign links',
  'Where readers are',
  'What readers use',
  'What readers did',
];

/**
 * Renders the panels in two columns, so that a short panel leaves no hole beside a long one. Each name links to the
 * dashboard under that filter.
 */
export function Breakdowns({ report, previous, prefix, linkTo, heatMap, notCounted }: Props) {
  const panelOf = (i: number) => (
    <Panel title={titles[i] ?? ''} lists={(panels[i] ?? []).map((name) => listOf(name, report, previous, linkTo))} />
  );
  return (
    <div class="panels">
      <div>
        {panelOf(0)}
        {panelOf(1)}
        {heatMap}
      </div>
      <div>
        {report.flows && <Panel title="What people read" lists={flowLists(report.flows, report, prefix, linkTo)} />}
        {panelOf(2)}
        {panelOf(3)}
        {panelOf(4)}
        {notCounted}
      </div>
    </div>
  );
}

function listOf(dimension: DimensionName, report: Report, previous: Report | undefined, linkTo: LinkTo): List {
  const { totals, visitsBy, events } = report;
  const field = campaignFields.find((each) => each === dimension);
  const counts = dimension === 'event' ? events : (visitsBy.get(dimension) ?? []);
  const isCompared = counts.some((each) => each.previous !== undefined);
  const total = dimension === 'event' ? sumOf(counts) : (totals.visits ?? 0);
  return {
    id: dimension,
    title: dimensions[dimension].title[0],
    one: dimensions[dimension].title[1],
    unit: dimension === 'event' ? 'events' : 'visits',
    counts: field ? withRest(counts, total, isCompared && previous ? restOf(field, previous) : undefined) : counts,
    total,
    csv: csvLink(dimension, linkTo),
    label: (name) => labelOf(dimension, name),
    href: (name) => (name === none ? undefined : linkTo({ [dimension]: name })),
  };
}

function flowLists({ before, next }: Flows, { totals }: Report, prefix: string, linkTo: LinkTo): List[] {
  const ofPages = {
    ...{ one: 'URL', unit: 'views', total: totals.views ?? 0 },
    label: (url: string) => pageLabel({ url, prefix }),
    href: (page: string) => linkTo({ page }),
  };
  return [
    { id: 'read-before', title: 'Read before', counts: before, csv: csvLink('read-before', linkTo), ...ofPages },
    { id: 'read-next', title: 'Read next', counts: next, csv: csvLink('read-next', linkTo), ...ofPages },
  ];
}

/** Adds the visits without such a name, so that the list sums to the visits. Some links say `utm_medium=(none)`, too. */
function withRest(counts: Count[], total: number, before: number | undefined): Count[] {
  if (counts.length === 0) return counts;
  const named = counts.filter(({ name }) => name !== none);
  const rest = { name: none, count: restIn(counts, total), ...(before !== undefined && { previous: before }) };
  return rest.count === 0 ? named : [...named, rest].sort((a, b) => b.count - a.count);
}

const restOf = (dimension: CampaignField, { visitsBy, totals }: Report) =>
  restIn(visitsBy.get(dimension) ?? [], totals.visits ?? 0);

/** Returns the visits that have none of the names of a list. */
const restIn = (counts: Count[], total: number) =>
  Math.max(0, total - sumOf(counts.filter(({ name }) => name !== none)));

const sumOf = (counts: Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
