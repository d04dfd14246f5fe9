import { Fragment } from 'preact';
import type { Metric } from '../core/report/filter.ts';
import type { Page, Report } from '../core/report/report.ts';
import type { Unit } from '../core/report/unit.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PageLink, PageName } from './PageName.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { Sparkline } from './Sparkline.tsx';
import { counted, grouped, visible } from './text.ts';

const firstPages = 10;
const mostPages = 100;
const mostSources = 3;

const columns = [
  ['views', 'Views'],
  ['visitors', 'Visitors'],
  ['visits', 'Entrances'],
  ['events', 'Events'],
] as const satisfies [Metric, string][];

interface Props {
  report: Report;
  /** What a point of a trend stands for. */
  unit: Unit;
  /** The site that all pages are on, or empty. */
  prefix: string;
  linkTo: LinkTo;
}

/** Renders the pages with the highest counts: trend, metrics, and views by the best sources. */
export function Pages({ report, unit, prefix, linkTo }: Props) {
  const { metric, pages, pagesTruncated } = report;
  const table = (from: number, to: number) => (
    <PageTable report={report} unit={unit} prefix={prefix} linkTo={linkTo} from={from} to={to} />
  );
  const rest = Math.min(pages.length, mostPages) - firstPages;
  const hidden = pages.length - mostPages;
  return (
    <section class="box">
      <PanelTitle title={metric === 'visits' ? 'Entry pages' : 'Top URLs'} csv={csvLink('pages', linkTo)} />
      {table(0, firstPages)}
      {rest > 0 && (
        <details>
          <summary>{grouped(rest)} more</summary>
          {table(firstPages, mostPages)}
          {hidden > 0 && (
            <p>
              {counted(hidden, 'more page')} in the CSV.
              {pagesTruncated && ' The pages with the lowest counts are left out.'}
            </p>
          )}
        </details>
      )}
    </section>
  );
}

function PageTable({ report, unit, prefix, linkTo, from, to }: Props & { from: number; to: number }) {
  const { metric, series, pages, sources } = report;
  const shown = columns.filter(([each]) => pages.some(({ totals }) => totals[each]));
  const best = sources.slice(0, mostSources).map(({ name }) => name);
  const dates = series.map(({ date }) => date);
  return (
    <table class="table is-fullwidth">
      <thead>
        <tr>
          <th scope="col" class="number is-hidden-mobile">
            Rank
          </th>
          <th scope="col">URL</th>
          <th scope="col">
            <span class="is-sr-only">Open</span>
          </th>
          {dates.length > 1 && (
            <th scope="col" class="is-hidden-mobile">
              Trend
            </th>
          )}
          {shown.map(([each, title]) => (
            <th key={each} scope="col" class={each === metric ? 'number' : 'number is-hidden-mobile'}>
              {title}
            </th>
          ))}
          {best.map((source) => (
            <th key={source} scope="col" class="number wide-only">
              <bdi class="source" title={source}>
                {visible(source)}
              </bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pages.slice(from, to).map((page, i) => (
          <tr key={page.url}>
            <td class="number is-hidden-mobile">{from + i + 1}</td>
            <td class="page-cell">
              <a href={linkTo({ page: page.url })} title={page.url}>
                <PageName url={page.url} prefix={prefix} />
              </a>
              <SourcesOf page={page} names={best} />
            </td>
            <td class="number">
              <PageLink url={page.url} />
            </td>
            {dates.length > 1 && (
              <td class="is-hidden-mobile">
                <Sparkline dates={dates} unit={unit} counts={page.series} />
              </td>
            )}
            {shown.map(([each]) => (
              <td key={each} class={each === metric ? 'number' : 'number is-hidden-mobile'}>
                {grouped(page.totals[each] ?? 0)}
              </td>
            ))}
            {best.map((source) => (
              <td key={source} class="number wide-only">
                {page.sources.has(source) ? grouped(page.sources.get(source) ?? 0) : ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Renders the columns of sources as one line, for screens without room for columns. */
function SourcesOf({ page, names }: { page: Page; names: string[] }) {
  const here = names.filter((name) => page.sources.has(name));
  if (here.length === 0) return null;
  return (
    <p class="is-size-7 not-wide">
      {here.map((name, i) => (
        <Fragment key={name}>
          {i > 0 && ' '}
          <span class="pair">
            <bdi>{visible(name)}</bdi> {grouped(page.sources.get(name) ?? 0)}
          </span>
        </Fragment>
      ))}
    </p>
  );
}
