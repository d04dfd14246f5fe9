import { direct, other, unknown } from '../core/counters/names.ts';
import type { Count } from '../core/report/report.ts';
import { barWidth } from './bar-width.ts';
import { ChangedCell } from './Changed.tsx';
import { Link } from './Link.tsx';
import { none } from './labels.ts';
import { NumberColumn } from './NumberColumn.tsx';
import { CsvLink } from './PanelTitle.tsx';
import { capitalised, counted, grouped, share } from './text.ts';

const mostRows = 8;
const mostHidden = 42;

/** Names that stand for a rest. They come last and have no bar, so that they do not scale the others. */
const rests: ReadonlySet<string> = new Set([direct, unknown, other, none]);

/** A list of names with their counts, and their share in `total`. */
export interface List {
  /** The name of the dimension, which marks its tab. */
  id: string;
  title: string;
  /** The title of one name. */
  one: string;
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

/** Renders lists as tabs in one box. Leaves out empty lists, and the box if all are empty. */
export function Panel({ title, lists }: { title: string; lists: List[] }) {
  const shown = lists.filter(({ counts }) => counts.length > 0);
  const [first] = shown;
  if (!first) return null;
  return (
    <section class="box tabbed" aria-label={title}>
      {shown.map(({ id, title }) => (
        <>
          <input key={id} type="radio" name={`tab-${first.id}`} id={`tab-${id}`} checked={id === first.id} />
          <label for={`tab-${id}`}>{title}</label>
        </>
      ))}
      {shown.map((list) => (
        <Pane key={list.id} {...list} />
      ))}
    </section>
  );
}

function Pane(list: List) {
  const { title, one, unit, counts, csv } = list;
  const sorted = [...counts.filter(({ name }) => !rests.has(name)), ...counts.filter(({ name }) => rests.has(name))];
  const named = sorted.filter(({ name }) => !rests.has(name));
  const [first, rest] = [sorted.slice(0, mostRows), sorted.slice(mostRows)];
  const hidden = rest.length - mostHidden;
  const most = named[0]?.count ?? 0;
  const hasChange = counts.some(({ previous }) => previous !== undefined);
  return (
    <div class="pane">
      <h2 class="for-readers">{title}</h2>
      <table class="table is-fullwidth bars">
        <thead>
          <tr>
            <th scope="col">{one}</th>
            <NumberColumn>{capitalised(unit)}</NumberColumn>
            <NumberColumn>Share</NumberColumn>
            {hasChange && <NumberColumn>Change</NumberColumn>}
          </tr>
        </thead>
        <Rows {...list} counts={first} most={most} hasChange={hasChange} />
      </table>
      {rest.length > 0 && (
        <details>
          <summary>{grouped(rest.length)} more</summary>
          <table class="table is-fullwidth bars" aria-label={`More ${title.toLowerCase()}`}>
            <Rows {...list} counts={rest.slice(0, mostHidden)} most={most} hasChange={hasChange} />
          </table>
          {hidden > 0 && <p>{counted(hidden, 'more name')} in the CSV.</p>}
        </details>
      )}
      <CsvLink title={title} csv={csv} />
    </div>
  );
}

function Rows({ counts, total, most, hasChange, label, href }: List & { most: number; hasChange: boolean }) {
  return (
    <tbody>
      {counts.map(({ name, count, previous }) => (
        <tr key={name} class={rests.has(name) ? 'rest' : undefined}>
          <th scope="row" class={rests.has(name) ? undefined : barWidth(count, most)}>
            <Link href={href(name)} dir="auto">
              {label(name)}
            </Link>
          </th>
          <td>{grouped(count)}</td>
          <td>{share(count, total)}</td>
          {hasChange && <ChangedCell now={count} before={previous} />}
        </tr>
      ))}
    </tbody>
  );
}
