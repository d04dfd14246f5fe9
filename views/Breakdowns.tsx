import type { Kind } from '../core/filter.ts';
import type { Count, Report } from '../core/report.ts';
import { csvOf, type LinkTo } from './address.ts';
import { labelOf, titles } from './labels.ts';
import { type List, Panel } from './Panel.tsx';

const panels: Kind[][] = [
  ['referrer'],
  ['source', 'medium', 'campaign', 'term', 'content'],
  ['country'],
  ['language'],
  ['device', 'os'],
  ['browser'],
  ['event'],
];

// What a link is tagged with: the other kinds say something of every visit.
const tags: Kind[] = ['source', 'medium', 'campaign', 'term', 'content'];

/** Where visits come from and with what, two panels beside each other; each name leads to what is known of it alone. */
export function Breakdowns({ report, linkTo }: { report: Report; linkTo: LinkTo }) {
  return (
    <div class="panels">
      {panels.map((kinds) => (
        <Panel key={kinds[0]} lists={kinds.map((kind) => listOf(kind, report, linkTo))} />
      ))}
    </div>
  );
}

function listOf(kind: Kind, { totals, visitsBy, events }: Report, linkTo: LinkTo): List {
  const counts = kind === 'event' ? events : (visitsBy.get(kind) ?? []);
  const total = kind === 'event' ? sumOf(counts) : (totals.visits ?? 0);
  return {
    title: titles[kind][0],
    unit: kind === 'event' ? 'events' : 'visits',
    counts: tags.includes(kind) ? withRest(counts, total) : counts,
    total,
    csv: csvOf(kind, linkTo),
    label: (name) => labelOf(kind, name),
    href: (name) => (name === none ? undefined : linkTo({ [kind]: name })),
  };
}

const none = '(none)';

/** With the visits that have no such name, so that the list sums to the visits. */
function withRest(counts: Count[], total: number): Count[] {
  const rest = total - sumOf(counts);
  if (counts.length === 0 || rest <= 0) return counts;
  return [...counts, { name: none, count: rest }].sort((a, b) => b.count - a.count);
}

const sumOf = (counts: Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
