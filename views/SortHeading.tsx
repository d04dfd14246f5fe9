import type { Metric } from '../core/report/filter.ts';
import { type Direction, type PageList, type PageOrder, usualDirection } from '../core/report/page-list.ts';
import type { LinkTo } from './links.ts';

interface Props {
  by: PageOrder;
  text: string | undefined;
  className: string | undefined;
  list: PageList;
  /** What pages are sorted by unless the list says otherwise. */
  metric: Metric;
  linkTo: LinkTo;
}

const sorted = { asc: 'ascending', desc: 'descending' } as const;

/** Renders the heading of a column as a link that sorts by it, and the other way round the next time. */
export function SortHeading({ by, text, className, list, metric, linkTo }: Props) {
  const isSorted = by === (list.sort ?? metric);
  const direction: Direction = list.order ?? usualDirection(by);
  const next = isSorted && direction === usualDirection(by) ? opposite(direction) : undefined;
  return (
    <th scope="col" class={className} aria-sort={isSorted ? sorted[direction] : undefined}>
      <a href={`${linkTo({ sort: by === metric ? undefined : by, order: next })}#pages`}>{text}</a>
    </th>
  );
}

const opposite = (direction: Direction): Direction => (direction === 'asc' ? 'desc' : 'asc');
