import { dateLabel } from './labels.ts';
import { grouped } from './text.ts';

const height = 20;

/** Renders counts as a line, labelled with the highest count and its date. */
export function Sparkline({ dates, counts }: { dates: string[]; counts: number[] }) {
  const most = Math.max(...counts);
  const points = counts.map((count, i) => `${i} ${Math.round(height * (1 - count / most))}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${counts.length - 1} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Highest: ${grouped(most)}, ${dateLabel(dates[counts.indexOf(most)] ?? '')}`}
    >
      <path d={`M${points.join('L')}`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
