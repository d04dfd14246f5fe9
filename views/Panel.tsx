import type { Count } from '../core/report/report.ts';
import { Link } from './Link.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { counted, grouped } from './text.ts';

const mostRows = 10;
const mostHidden = 200;

/** A list of names with how often each, as bars of their share in `total`; the tail of a long list can be opened. */
export interface List {
  title: string;
  /** What is counted: visits, say. */
  unit: string;
  counts: Count[];
  total: number;
  /** The address of all of it as CSV. */
  csv: string;
  /** How a name reads. */
  label(name: string): string;
  /** Where a name leads, if anywhere. */
  href(name: string): string | undefined;
}

/** Lists that belong together, in one box; those without names are left out, and a box without lists, too. */
export function Panel({ lists }: { lists: List[] }) {
  const shown = lists.filter(({ counts }) => counts.length > 0);
  if (shown.length === 0) return null;
  return (
    <section class="box panel-box">
      {shown.map((list) => (
        <Ranking key={list.title} {...list} />
      ))}
    </section>
  );
}

function Ranking(list: List) {
  const { title, unit, counts, csv } = list;
  const rest = counts.slice(mostRows);
  const hidden = rest.length - mostHidden;
  return (
    <div class="ranking">
      <PanelTitle title={title} unit={unit} csv={csv} />
      <Rows {...list} counts={counts.slice(0, mostRows)} />
      {rest.length > 0 && (
        <details>
          <summary>{grouped(rest.length)} more</summary>
          <Rows {...list} title={`${title}, the rest`} counts={rest.slice(0, mostHidden)} />
          {hidden > 0 && <p>And {counted(hidden, 'name')} with no more than these. The CSV has them, too.</p>}
        </details>
      )}
    </div>
  );
}

function Rows({ title, unit, counts, total, label, href }: List) {
  return (
    <table class="table is-fullwidth bars" aria-label={`${title} by ${unit}`}>
      <tbody>
        {counts.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row" class="has-text-weight-normal">
              <svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                <rect width={Math.max(0.5, (100 * count) / total).toFixed(1)} height="1" />
              </svg>
              <Link href={href(name)}>
                <bdi>{label(name)}</bdi>
              </Link>
            </th>
            <td class="number">{grouped(count)}</td>
            <td class="number share">{share(count, total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(count: number, total: number): string {
  const percent = (100 * count) / total;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
