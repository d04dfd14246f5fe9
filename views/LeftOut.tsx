import type { Metric } from '../core/report/filter.ts';
import { nouns } from './labels.ts';
import { counted } from './text.ts';

interface Props {
  count: number;
  metric: Metric;
}

/** Renders how much came past a cap, and so belongs to no site. */
export function Unassigned({ count, metric }: Props) {
  return (
    <p class="remark">
      {counted(count, nouns[metric])} more came past a cap and {count === 1 ? 'belongs' : 'belong'} to no site. The
      report of all sites shows {count === 1 ? 'it' : 'them'} as (other).
    </p>
  );
}

/** Renders how much was imported without a page, so that a filter by page leaves it out. */
export function WithoutPage({ count, metric }: Props) {
  return (
    <p class="remark">
      {counted(count, nouns[metric])} more {count === 1 ? 'was' : 'were'} imported without a page. The filter leaves{' '}
      {count === 1 ? 'it' : 'them'} out.
    </p>
  );
}
