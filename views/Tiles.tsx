import { type Chartable, chartable } from '../core/report/filter.ts';
import type { Metrics } from '../core/report/report.ts';
import { Changed } from './Changed.tsx';
import type { LinkTo } from './links.ts';
import { measures } from './measures.ts';

/** The tiles in their order. Visitors first, as an owner asks for people. */
const order: Chartable[] = ['visitors', 'visits', 'views', ...chartable.slice(3)];

interface Props {
  now: Metrics;
  /** The totals of the earlier range. Empty if the range is not compared with it. */
  before: Metrics;
  /** What the chart shows. */
  chosen: Chartable;
  /** Whether these are the totals of one page. Its visits are its entrances. */
  isOfPage: boolean;
  linkTo: LinkTo;
}

/** Renders a tile for each known measure, with its change. Each is a link that switches chart and tables. */
export function Tiles({ now, before, chosen, isOfPage, linkTo }: Props) {
  const known = order.flatMap((name) => {
    const value = measures[name].of(now);
    // Visitors and visits of 0 are more likely not counted than none.
    const isUncounted = value === 0 && name !== chosen && name in now;
    return value === undefined || isUncounted ? [] : [{ name, value }];
  });
  return (
    <nav class="strip" aria-label="Metrics">
      {known.map(({ name, value }) => {
        const { title, show, of, isBad } = measures[name];
        return (
          <a
            key={name}
            class="tile"
            href={linkTo({ metric: name })}
            aria-current={name === chosen ? 'true' : undefined}
          >
            <span>{isOfPage && name === 'visits' ? 'Entrances' : title}</span>
            <b>{show(value)}</b>
            <Changed now={value} before={of(before)} isBad={isBad} isShare={name === 'bounce-rate'} />
          </a>
        );
      })}
    </nav>
  );
}
