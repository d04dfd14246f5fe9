import type { Metric } from '../core/report/filter.ts';
import type { Count, Report } from '../core/report/report.ts';
import { Changed } from './Changed.tsx';
import { nouns } from './labels.ts';
import type { LinkTo } from './links.ts';
import { counted, grouped, visible } from './text.ts';

const mostTiles = 5;
const mostSources = 100;

interface Props {
  report: Report;
  linkTo: LinkTo;
}

/** Renders the total and a tile for each source, or nothing if no view has a source. Sources have views or visits. */
export function Sources({ report, linkTo }: Props) {
  const metric: Metric = report.metric === 'views' ? 'views' : 'visits';
  const counts = metric === 'views' ? report.sources : named(report.visitsBy.get('source') ?? []);
  const total = report.totals[metric] ?? 0;
  const withSource = counts.reduce((sum, { count }) => sum + count, 0);
  if (withSource === 0) return null;
  const tiles = (some: Count[]) =>
    some.map(({ name, count, previous }) => (
      <li key={name}>
        <a class="tile" href={linkTo({ source: name })}>
          <span dir="auto" title={visible(name)}>
            {visible(name)}
          </span>
          <b>{grouped(count)}</b> <Changed now={count} before={previous} />
        </a>
      </li>
    ));
  const hidden = counts.length - mostTiles - mostSources;
  return (
    <section class="box sources" aria-labelledby="sources">
      <h2 id="sources">
        Sources <small>{nouns[metric]}s by utm_source</small>
      </h2>
      <ul>
        <Plain label="total" count={total} />
        {tiles(counts.slice(0, mostTiles))}
        {withSource < total && <Plain label="no source" count={total - withSource} />}
      </ul>
      {counts.length > mostTiles && (
        <details>
          <summary>{counted(counts.length - mostTiles, 'more source')}</summary>
          <ul>{tiles(counts.slice(mostTiles, mostTiles + mostSources))}</ul>
          {hidden > 0 && <p>{counted(hidden, 'more source')} in the CSV.</p>}
        </details>
      )}
    </section>
  );
}

const named = (counts: Count[]) => counts.filter(({ name }) => name !== '(none)');

const Plain = ({ label, count }: { label: string; count: number }) => (
  <li class="tile">
    <span>{label}</span>
    <b>{grouped(count)}</b>
  </li>
);
