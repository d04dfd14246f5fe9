import type { Metric } from '../core/report/filter.ts';
import type { Page, Report } from '../core/report/report.ts';
import type { Unit } from '../core/report/unit.ts';
import { barWidth } from './bar-width.ts';
import { csvLink, type LinkTo } from './links.ts';
import { pageLabel } from './PageName.tsx';
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
  const { metric, pages, pagesTruncated, sources } = report;
  const table = (from: number, to: number) => (
    <PageTable report={report} unit={unit} prefix={prefix} linkTo={linkTo} from={from} to={to} />
  );
  const rest = Math.min(pages.length, mostPages) - firstPages;
  const hidden = pages.length - mostPages;
  return (
    <section class="box pages">
      <PanelTitle title={metric === 'visits' ? 'Entry pages' : 'Top URLs'} csv={csvLink('pages', linkTo)}>
        {sources.length > 0 && (
          <label class="toggle not-wide">
            <input type="checkbox" id="by-source" /> By source
          </label>
        )}
      </PanelTitle>
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
  const others = columns.filter(([each]) => each !== metric && pages.some(({ totals }) => totals[each]));
  const shown = [...columns.filter(([each]) => each === metric), ...others];
  const best = sources.slice(0, mostSources).map(({ name }) => name);
  const dates = series.map(({ date }) => date);
  // Rows on demand have none: a trend is half of the bytes of a row.
  const hasTrend = dates.length > 1 && from === 0;
  const most = pages[0]?.totals[metric] ?? 0;
  return (
    <table class="table is-fullwidth bars">
      <thead>
        <tr>
          <th scope="col">URL</th>
          {hasTrend && (
            <th scope="col" class="number is-hidden-mobile">
              Trend
            </th>
          )}
          {shown.map(([each, title]) => (
            <th key={each} scope="col" class={each === metric ? 'number' : 'number is-hidden-mobile'}>
              {title}
            </th>
          ))}
          {best.map((source) => (
            <th key={source} scope="col" class="number of-source" dir="auto" title={source}>
              {visible(source)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pages.slice(from, to).map((page) => (
          <tr key={page.url}>
            <th scope="row" class={`page-cell ${barWidth(page.totals[metric] ?? 0, most)}`}>
              <NameOf page={page} prefix={prefix} linkTo={linkTo} />
            </th>
            {hasTrend && (
              <td class="is-hidden-mobile">
                <Sparkline dates={dates} unit={unit} counts={page.series} />
              </td>
            )}
            {shown.map(([each]) => (
              <td key={each} class={each === metric ? undefined : 'is-hidden-mobile'}>
                {grouped(page.totals[each] ?? 0)}
              </td>
            ))}
            {best.map((source) => (
              <td key={source} class="of-source">
                {page.sources.has(source) ? grouped(page.sources.get(source) ?? 0) : ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NameOf({ page: { url }, prefix, linkTo }: { page: Page; prefix: string; linkTo: LinkTo }) {
  const text = pageLabel({ url, prefix });
  return (
    <a href={linkTo({ page: url })} dir="auto" title={text.includes('…') ? url : undefined}>
      {text}
    </a>
  );
}
