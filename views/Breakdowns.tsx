import type { ComponentChildren } from 'preact';
import { type DimensionName, dimensionNames, dimensions } from '../core/counters/dimensions.ts';
import type { Count, Report } from '../core/report/report.ts';
import { labelOf, none } from './labels.ts';
import { csvLink, type LinkTo } from './links.ts';
import { type List, Panel } from './Panel.tsx';

interface Props {
  report: Report;
  linkTo: LinkTo;
  /** Panels of something else. */
  children?: ComponentChildren;
}

const panels = [...Map.groupBy(dimensionNames, (name) => dimensions[name].panel).values()];

const titles = [
  'Where visits came from',
  'Campaign links',
  'Where readers are',
  'What readers use',
  'What readers did',
];

/** Renders the panels of all dimensions and other ones. Each name links to the dashboard under that filter. */
export function Breakdowns({ report, linkTo, children }: Props) {
  return (
    <div class="panels">
      {panels.map((names, i) => (
        <Panel key={names[0]} title={titles[i] ?? ''} lists={names.map((name) => listOf(name, report, linkTo))} />
      ))}
      {children}
    </div>
  );
}

function listOf(dimension: DimensionName, { totals, visitsBy, events }: Report, linkTo: LinkTo): List {
  const counts = dimension === 'event' ? events : (visitsBy.get(dimension) ?? []);
  const total = dimension === 'event' ? sumOf(counts) : (totals.visits ?? 0);
  return {
    id: dimension,
    title: dimensions[dimension].title[0],
    one: dimensions[dimension].title[1],
    unit: dimension === 'event' ? 'events' : 'visits',
    counts: dimensions[dimension].from === 'campaign' ? withRest(counts, total) : counts,
    total,
    csv: csvLink(dimension, linkTo),
    label: (name) => labelOf(dimension, name),
    href: (name) => (name === none ? undefined : linkTo({ [dimension]: name })),
  };
}

/** Adds the visits without such a name, so that the list sums to the visits. Some links say `utm_medium=(none)`, too. */
function withRest(counts: Count[], total: number): Count[] {
  if (counts.length === 0) return counts;
  const named = counts.filter(({ name }) => name !== none);
  const rest = Math.max(0, total - sumOf(named));
  return rest === 0 ? named : [...named, { name: none, count: rest }].sort((a, b) => b.count - a.count);
}

const sumOf = (counts: Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
