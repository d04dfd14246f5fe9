import { grouped } from './text.ts';

const height = 20;

/** How a number went over the bars of the chart, as a line as high as its cell, and in words: when it was highest. */
export function Sparkline({ ats, counts }: { ats: string[]; counts: number[] }) {
  const most = Math.max(...counts);
  const points = counts.map((count, i) => `${i} ${Math.round(height * (1 - count / most))}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${counts.length - 1} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`most ${ats[counts.indexOf(most)]}: ${grouped(most)}`}
    >
      <path d={`M${points.join('L')}`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
