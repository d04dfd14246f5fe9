import type { Report } from '../core/report.ts';
import { Tile } from './Tile.tsx';
import { counted, grouped } from './text.ts';

const mostTiles = 11;
const mostSources = 200;

/** A tile for each source, most views first; a long tail of sources can be opened. Nothing where no view has a source. */
export function Sources({ report: { views, sources } }: { report: Report }) {
  const withSource = sources.reduce((sum, source) => sum + source.views, 0);
  if (withSource === 0) return null;
  return (
    <section class="block" aria-label="Views by source">
      <div class="tiles">
        {sources.slice(0, mostTiles).map(({ name, views }) => (
          <Tile key={name} label={`from ${name}`} value={grouped(views)} />
        ))}
        {withSource < views && <Tile label="without a source" value={grouped(views - withSource)} />}
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
          <Tile key={name} label={`from ${name}`} value={grouped(views)} />
        ))}
      </div>
      {hidden > 0 && <p class="mt-3">And {counted(hidden, 'source')} with no more views than these.</p>}
    </details>
  );
}
