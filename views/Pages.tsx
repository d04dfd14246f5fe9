import { importedPage } from '../core/counters/imported-page.ts';
import type { Metric } from '../core/report/filter.ts';
import type { PageList, PageOrder } from '../core/report/page-list.ts';
import type { Page, Report } from '../core/report/report.ts';
import type { Unit } from '../core/report/unit.ts';
import { barWidth } from './bar-width.ts';
import { ChangedCell } from './Changed.tsx';
import { csvLink, type LinkTo } from './links.ts';
import { pageLabel } from './PageName.tsx';
import { FolderTabs, mostPages, PageSearch, Paging } from './PageTools.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { SortHeading } from './SortHeading.tsx';
import { hasTrend, Sparkline } from './Sparkline.tsx';
import { grouped, share, visible } from './text.ts';

const firstPages = 10;
const mostSources = 3;

const columns = [
  ['views', 'Views'],
  ['visitors', 'Visitors'],
  ['visits', 'Entrances'],
  ['events', 'Events'],
] as const satisfies [Metric, string][];

interface Props {
  report: Report;
  list: PageList;
  /** What a point of a trend stands for. */
  unit: Unit;
  /** The site that all pages are on, or empty. */
  prefix: string;
  linkTo: LinkTo;
}

/** Renders a table of pages or folders: trend, metrics, change, and views by the best sources. */
export function Pages(props: Props) {
  const { report, list, linkTo } = props;
  const { metric, pages, pagesTruncated } = report;
  const shown = pages.slice(list.skip, list.skip + mostPages);
  const [first, rest] = [shown.slice(0, firstPages), shown.slice(firstPages)];
  return (
    <section class="box pages" id="pages">
      <PanelTitle title={metric === 'visits' ? 'Entry pages' : 'Top URLs'} csv={csvLink('pages', linkTo)}>
        <FolderTabs list={list} pages={pages} linkTo={linkTo} />
        {pages.some(hasSources) && (
          <label class="toggle not-wide">
            <input type="checkbox" id="by-source" /> By source
          </label>
        )}
        {(pages.length > firstPages || list.search) && <PageSearch list={list} linkTo={linkTo} />}
      </PanelTitle>
      {list.search && pages.length === 0 && (
        <p>
          No page contains “{visible(list.search)}”. <a href={linkTo({ q: undefined })}>Show all pages</a>
        </p>
      )}
      {first.length > 0 && <PageTable {...props} shown={first} />}
      {rest.length > 0 && (
        <details>
          <summary>{grouped(rest.length)} more</summary>
          <PageTable {...props} shown={rest} isOnDemand />
        </details>
      )}
      <Paging list={list} count={pages.length} linkTo={linkTo} />
      {pagesTruncated && <p>The pages with the lowest counts are left out.</p>}
    </section>
  );
}

const hasSources = ({ sources }: Page) => sources.size > 0;

function PageTable({
  report,
  list,
  unit,
  prefix,
  linkTo,
  shown,
  isOnDemand,
}: Props & { shown: Page[]; isOnDemand?: boolean }) {
  const { metric, series, pages, sources, totals } = report;
  const hasChange = pages.some(({ previous }) => previous);
  const others = columns.filter(([each]) => each !== metric && pages.some(({ totals }) => totals[each]));
  // Rows on demand have no sources, trend or share: with them, 90 rows are half of all nodes and bytes.
  const total = isOnDemand ? undefined : totals[metric];
  const best = isOnDemand || !pages.some(hasSources) ? [] : sources.slice(0, mostSources).map(({ name }) => name);
  const dates = series.map(({ date }) => date);
  const withTrend = !isOnDemand && hasTrend(shown.map(({ series }) => series));
  const most = pages.reduce((max, { totals }) => Math.max(max, totals[metric] ?? 0), 0);
  const title = (each: Metric) =>
    each === 'visitors' && list.folders ? 'Visitors, at most' : columns.find(([name]) => name === each)?.[1];
  const heading = (by: PageOrder, text: string | undefined, className?: string) => (
    <SortHeading by={by} text={text} className={className} list={list} metric={metric} linkTo={linkTo} />
  );
  return (
    <table class="table is-fullwidth bars">
      <thead>
        <tr>
          {heading('page', list.folders ? 'Folder' : 'URL')}
          {withTrend && (
            <th scope="col" class="number not-phone">
              Trend
            </th>
          )}
          {heading(metric as PageOrder, title(metric), 'number')}
          {total && (
            <th scope="col" class="number not-phone">
              Share
            </th>
          )}
          {hasChange && heading('change', 'Change', 'number')}
          {others.map(([each]) => heading(each, title(each), 'number not-phone'))}
          {best.map((source) => (
            <th key={source} scope="col" class="number of-source" dir="auto" title={source}>
              {visible(source)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((page) => (
          <tr key={page.url}>
            <th scope="row" class={`page-cell ${barWidth(page.totals[metric] ?? 0, most)}`}>
              <NameOf page={page} prefix={prefix} linkTo={linkTo} />
            </th>
            {withTrend && (
              <td class="not-phone">
                <Sparkline dates={dates} unit={unit} counts={page.series} />
              </td>
            )}
            <td>{grouped(page.totals[metric] ?? 0)}</td>
            {total && <td class="not-phone">{share(page.totals[metric] ?? 0, total)}</td>}
            {hasChange && (
              <ChangedCell now={page.totals[metric] ?? 0} before={page.previous && (page.previous[metric] ?? 0)} />
            )}
            {others.map(([each]) => (
              <td key={each} class="not-phone">
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
  if (url === importedPage) return text;
  return (
    <a href={linkTo({ page: url })} dir="auto" title={text.includes('…') ? url : undefined}>
      {text}
    </a>
  );
}
