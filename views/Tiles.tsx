import { type Chartable, chartable } from '../core/report/filter.ts';
import { isFolder } from '../core/report/folders.ts';
import type { Metrics } from '../core/report/report.ts';
import { Changed } from './Changed.tsx';
import type { LinkTo } from './links.ts';
import { measures } from './measures.ts';
import { shortened } from './text.ts';

/** The tiles in their order. Visitors first, as an owner asks for people. */
const order: Chartable[] = ['visitors', 'visits', 'views', ...chartable.slice(3)];

/** Numbers from here on have no room in a tile of a phone. */
const tooWide = 10_000_000;

interface Props {
  now: Metrics;
  /** The totals of the earlier range. Empty if the range is not compared with it. */
  before: Metrics;
  /** What the chart shows. */
  chosen: Chartable;
  /** The page or folder that these are the totals of. Its visits are its entrances. */
  page: string | undefined;
  linkTo: LinkTo;
}

/** Renders a tile for each known measure, with its change. Each is a link that switches chart and tables. */
export function Tiles({ now, before, chosen, page, linkTo }: Props) {
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
            <span>{titlesOfPage(page)[name] ?? title}</span>
            <b>{value < tooWide ? show(value) : shortened(value)}</b>
            <Changed now={value} before={of(before)} isBad={isBad} isShare={name === 'bounce-rate'} />
          </a>
        );
      })}
    </nav>
  );
}

/** Returns the titles that differ for a page or a folder. A visitor of two pages of a folder counts twice. */
function titlesOfPage(page: string | undefined): { [Name in Chartable]?: string } {
  if (page === undefined) return {};
  return { visits: 'Entrances', ...(isFolder(page) && { visitors: 'Visitors, at most' }) };
}
