import { grouped } from './text.ts';

const height = 20;

/** The trend of a row as a line, with its highest date and count as its label. */
export function Sparkline({ dates, counts }: { dates: string[]; counts: number[] }) {
  const most = Math.max(...counts);
  const points = counts.map((count, i) => `${i} ${Math.round(height * (1 - count / most))}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${counts.length - 1} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`most ${dates[counts.indexOf(most)]}: ${grouped(most)}`}
    >
      <path d={`M${points.join('L')}`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
