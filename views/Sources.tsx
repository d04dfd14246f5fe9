import type { Count, Report } from '../core/report/report.ts';
import { Changed } from './Changed.tsx';
import { nouns } from './labels.ts';
import type { LinkTo } from './links.ts';
import { counted, grouped, visible } from './text.ts';

const mostTiles = 5;
const mostSources = 100;

interface Props {
  report: Report;
  /** The report of the earlier range, if there is one. */
  previous: Report | undefined;
  linkTo: LinkTo;
}

/** Renders the total and a tile for each source, or nothing if no view has a source. Sources have views or visits. */
export function Sources({ report, previous, linkTo }: Props) {
  const metric = report.metric === 'views' ? 'views' : 'visits';
  const { counts, total, withSource } = sourcesOf(report, metric);
  if (withSource === 0) return null;
  const isCompared = previous && !previous.namesTruncated && counts.some((each) => each.previous !== undefined);
  const before = isCompared ? sourcesOf(previous, metric) : undefined;
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
        <Plain label="total" now={total} before={before?.total} />
        {tiles(counts.slice(0, mostTiles))}
        {withSource < total && (
          <Plain label="no source" now={total - withSource} before={before && before.total - before.withSource} />
        )}
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

/** Returns the counts of all sources, their sum, and that of all views or visits. */
function sourcesOf({ sources, visitsBy, totals }: Report, metric: 'views' | 'visits') {
  const counts = metric === 'views' ? sources : (visitsBy.get('source') ?? []).filter(({ name }) => name !== '(none)');
  return { counts, withSource: counts.reduce((sum, { count }) => sum + count, 0), total: totals[metric] ?? 0 };
}

const Plain = ({ label, now, before }: { label: string; now: number; before: number | undefined }) => (
  <li class="tile">
    <span>{label}</span>
    <b>{grouped(now)}</b> <Changed now={now} before={before} />
  </li>
);
