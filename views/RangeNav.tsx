import { after, before, type Period, periods, type Range } from '../core/range.ts';
import type { LinkTo } from './address.ts';

const names: Record<Period, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  month: 'This month',
  'last-month': 'Last month',
  '12mo': '12 months',
};

/** Where else to look: the ranges with a name, the one before and the one after, or any. All state is in the address. */
export function RangeNav({ range, today, linkTo }: { range: Range; today: string; linkTo: LinkTo }) {
  const hrefOf = ({ days }: Range) => linkTo({ from: days[0], to: days.at(-1) });
  const later = after(range, today);
  return (
    <nav class="block ranges" aria-label="Range of days">
      <a class="button is-small" href={hrefOf(before(range))} rel="prev" aria-label="The days before">
        ←
      </a>
      {periods.map((period) => (
        <a
          key={period}
          class={`button is-small ${period === range.period ? 'is-link' : ''}`}
          href={linkTo({ period })}
          aria-current={period === range.period ? 'true' : undefined}
        >
          {names[period]}
        </a>
      ))}
      {later && (
        <a class="button is-small" href={hrefOf(later)} rel="next" aria-label="The days after">
          →
        </a>
      )}
    </nav>
  );
}
