import type { Count } from '../core/report/report.ts';
import { Link } from './Link.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { counted, grouped } from './text.ts';

const mostRows = 10;
const mostHidden = 200;

/** A list of names with their counts, and bars of their share in `total`. */
export interface List {
  title: string;
  /** What is counted, such as `visits`. */
  unit: string;
  counts: Count[];
  total: number;
  /** The URL of the whole list as CSV. */
  csv: string;
  /** Returns the text that shows a name. */
  label(name: string): string;
  /** Returns the URL that a name links to, if any. */
  href(name: string): string | undefined;
}

/** Renders lists in one box. Leaves out empty lists, and the box if all are empty. */
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
          <Rows {...list} title={`More ${title.toLowerCase()}`} counts={rest.slice(0, mostHidden)} />
          {hidden > 0 && <p>{counted(hidden, 'more name')} in the CSV.</p>}
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
  return percent > 0 && percent < 1 ? '<1%' : `${Math.round(percent)}%`;
}
