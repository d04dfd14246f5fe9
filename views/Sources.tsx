import type { Report } from '../core/report/report.ts';
import type { LinkTo } from './links.ts';
import { Tile } from './Tile.tsx';
import { counted, grouped, visible } from './text.ts';

const mostTiles = 5;
const mostSources = 200;

interface Props {
  report: Report;
  linkTo: LinkTo;
}

/** Renders a tile for each source, most views first, or nothing if no view has a source. */
export function Sources({ report: { totals, sources }, linkTo }: Props) {
  const views = totals.views ?? 0;
  const withSource = sources.reduce((sum, { count }) => sum + count, 0);
  if (withSource === 0) return null;
  const tiles = (some: Report['sources']) =>
    some.map(({ name, count }) => (
      <Tile key={name} label={`from ${visible(name)}`} value={grouped(count)} href={linkTo({ source: name })} />
    ));
  const hidden = sources.length - mostTiles - mostSources;
  return (
    <section class="block" aria-label="Views by source">
      <div class="tiles">
        {tiles(sources.slice(0, mostTiles))}
        {withSource < views && <Tile label="without a source" value={grouped(views - withSource)} />}
      </div>
      {sources.length > mostTiles && (
        <details class="mt-4">
          <summary>{counted(sources.length - mostTiles, 'more source')}</summary>
          <div class="tiles mt-3">{tiles(sources.slice(mostTiles, mostTiles + mostSources))}</div>
          {hidden > 0 && <p class="mt-3">{counted(hidden, 'more source')} not shown.</p>}
        </details>
      )}
    </section>
  );
}
