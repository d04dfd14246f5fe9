import type { Unit } from '../core/report/unit.ts';
import { barName } from './bar-labels.ts';
import { grouped } from './text.ts';

const height = 20;

/** More points than these are not told apart in so small a drawing. */
const mostPoints = 30;

/** Returns whether some counts are a line. Hours of imported days are all 0. */
export const hasTrend = (ofAll: number[][]): boolean =>
  ofAll.some((counts) => counts.length > 1 && counts.some((count) => count > 0));

interface Props {
  /** The dates of the counts, each for one unit of time. */
  dates: string[];
  unit: Unit;
  counts: number[];
}

/** Renders counts as a line, labelled with the highest count and its date. Many counts are added up by several. */
export function Sparkline({ dates, unit, counts }: Props) {
  const most = Math.max(...counts);
  const sums = binned(counts);
  const top = Math.max(...sums, 1);
  const points = sums.map((count, i) => `${i} ${Math.round(height * (1 - count / top))}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${sums.length - 1} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Highest: ${grouped(most)}, ${barName(dates[counts.indexOf(most)] ?? '', unit)}`}
    >
      <path d={`M${points.join(' ')}`} />
    </svg>
  );
}

/** Adds neighbours up. The last point has as many counts as the others, and the first one may have fewer. */
export function binned(counts: number[]): number[] {
  const size = Math.ceil(counts.length / mostPoints);
  const sums: number[] = [];
  for (let end = counts.length; end > 0; end -= size)
    sums.unshift(counts.slice(Math.max(0, end - size), end).reduce((sum, count) => sum + count, 0));
  // A sum of fewer counts would look like a fall.
  return size > 1 && counts.length % size !== 0 ? sums.slice(1) : sums;
}
