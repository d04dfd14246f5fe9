import { Fragment } from 'preact';
import type { Report } from '../core/report.ts';
import { PageLink } from './PageLink.tsx';
import { counted, grouped } from './text.ts';

const mostPages = 100;
const mostSources = 5;

/** The pages with the most views, with a column for each of the best sources; phones show these under the link. */
export function TopPages({ report: { pages, sources }, sites }: { report: Report; sites: string[] }) {
  const prefix = sites.length === 1 ? sites.join() : '';
  const columns = sources.slice(0, mostSources).map(({ name }) => name);
  return (
    <section class="box">
      <h2 class="title is-5">Top URLs</h2>
      <table class="table is-fullwidth">
        <thead>
          <tr>
            <th scope="col" class="number">
              Rank
            </th>
            <th scope="col">URL</th>
            <th scope="col" class="number">
              Views
            </th>
            {columns.map((source) => (
              <th key={source} scope="col" class="number is-hidden-mobile">
                <bdi class="source" title={source}>
                  {source}
                </bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pages.slice(0, mostPages).map((page, i) => (
            <PageRow key={page.url} rank={i + 1} page={page} prefix={prefix} columns={columns} />
          ))}
        </tbody>
      </table>
      {pages.length > mostPages && <p>And {counted(pages.length - mostPages, 'more page')}.</p>}
    </section>
  );
}

interface PageRowProps {
  rank: number;
  page: Report['pages'][number];
  /** What addresses begin with that need not be said: the one site. */
  prefix: string;
  columns: string[];
}

function PageRow({ rank, page, prefix, columns }: PageRowProps) {
  const counts = columns.map((source) => ({ source, views: page.sources.get(source) ?? 0 }));
  const nonzero = counts.filter(({ views }) => views > 0);
  return (
    <tr>
      <td class="number">{rank}</td>
      <td class="page-cell">
        <PageLink url={page.url} prefix={prefix} />
        {nonzero.length > 0 && (
          <p class="is-size-7 is-hidden-tablet">
            {nonzero.map(({ source, views }, i) => (
              <Fragment key={source}>
                {i > 0 && ' '}
                <span class="pair">
                  <bdi>{source}</bdi> {grouped(views)}
                </span>
              </Fragment>
            ))}
          </p>
        )}
      </td>
      <td class="number">{grouped(page.views)}</td>
      {counts.map(({ source, views }) => (
        <td key={source} class="number is-hidden-mobile">
          {views === 0 ? '' : grouped(views)}
        </td>
      ))}
    </tr>
  );
}
