import { endsOf, type Range } from '../core/report/range.ts';
import { barsIn, dayUnits, maxBars, usualUnit } from '../core/report/unit.ts';
import type { LinkTo } from './links.ts';
import { capitalised } from './text.ts';

/** Renders a link to each unit of time that fits the range. Renders nothing if only one does. */
export function UnitNav({ range, linkTo }: { range: Range; linkTo: LinkTo }) {
  const ends = endsOf(range);
  const units = dayUnits.filter((unit) => unit === range.unit || isReadable(barsIn(unit, ...ends)));
  if (range.unit === 'hour' || units.length < 2) return null;
  return (
    <ul class="units" aria-label="Bars by">
      {units.map((unit) => (
        <li key={unit}>
          <a
            href={linkTo({ by: unit === usualUnit(...ends) ? undefined : unit })}
            aria-current={unit === range.unit ? 'true' : undefined}
          >
            {capitalised(unit)}
          </a>
        </li>
      ))}
    </ul>
  );
}

// One or two bars say less than the totals.
const isReadable = (bars: number) => bars >= 3 && bars <= maxBars;
