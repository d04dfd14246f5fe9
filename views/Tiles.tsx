import type { Report } from '../core/report.ts';
import { counted, grouped } from './number.ts';

const mostSources = 11;

/** Total views, then one tile per source, most views first; a long tail of sources shares the last one. */
export function Tiles({ report: { views, sources } }: { report: Report }) {
  const shown = sources.slice(0, mostSources);
  const others = sources.slice(mostSources);
  return (
    <section class="tiles block" aria-label="Totals">
      <Tile label="Total views" number={views} />
      {shown.map(({ name, views }) => (
        <Tile key={name} label={`from ${name}`} number={views} />
      ))}
      {others.length > 0 && (
        <Tile
          label={`from ${counted(others.length, 'other source')}`}
          number={others.reduce((sum, { views }) => sum + views, 0)}
        />
      )}
    </section>
  );
}

function Tile({ label, number }: { label: string; number: number }) {
  return (
    <div class="box tile">
      <p class="tile-label is-size-7" title={label}>
        <bdi>{label}</bdi>
      </p>
      <p class="title is-4 number">{grouped(number)}</p>
    </div>
  );
}
