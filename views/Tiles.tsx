import type { Report } from '../core/report.ts';
import { counted, grouped } from './number.ts';

const mostTiles = 11;
const mostSources = 200;

/** Total views, then one tile per source, most views first; a long tail of sources can be opened. */
export function Tiles({ report: { views, sources } }: { report: Report }) {
  const withSource = sources.reduce((sum, source) => sum + source.views, 0);
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        <Tile label="Total views" number={views} />
        {sources.slice(0, mostTiles).map(({ name, views }) => (
          <Tile key={name} label={`from ${name}`} number={views} />
        ))}
        {withSource > 0 && withSource < views && <Tile label="without a source" number={views - withSource} />}
      </div>
      {sources.length > mostTiles && <MoreSources sources={sources.slice(mostTiles)} />}
    </section>
  );
}

function MoreSources({ sources }: { sources: Report['sources'] }) {
  const hidden = sources.length - mostSources;
  return (
    <details class="mt-4">
      <summary>{counted(sources.length, 'more source')}</summary>
      <div class="tiles mt-3">
        {sources.slice(0, mostSources).map(({ name, views }) => (
          <Tile key={name} label={`from ${name}`} number={views} />
        ))}
      </div>
      {hidden > 0 && <p class="mt-3">And {counted(hidden, 'source')} with no more views than these.</p>}
    </details>
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
