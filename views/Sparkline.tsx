import type { Unit } from '../core/report/unit.ts';
import { dateLabel } from './labels.ts';
import { grouped } from './text.ts';

const height = 20;

interface Props {
  /** The dates of the counts, each for one unit of time. */
  dates: string[];
  unit: Unit;
  counts: number[];
}

/** Renders counts as a line, labelled with the highest count and its date. */
export function Sparkline({ dates, unit, counts }: Props) {
  const most = Math.max(...counts);
  const points = counts.map((count, i) => `${i} ${Math.round(height * (1 - count / most))}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${counts.length - 1} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Highest: ${grouped(most)}, ${dateLabel(dates[counts.indexOf(most)] ?? '', unit)}`}
    >
      <path d={`M${points.join('L')}`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
