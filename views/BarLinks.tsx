import type { Day } from '../core/calendar/day.ts';
import type { Unit } from '../core/report/unit.ts';
import { barLabels, barName } from './bar-labels.ts';
import { Changed } from './Changed.tsx';
import { Link } from './Link.tsx';
import type { Measure } from './measures.ts';
import type { SeriesBar } from './series-bars.ts';

/** More bars than these are a long way for the Tab key. The table has the same links. */
export const mostTabStops = 31;

interface Props {
  bars: SeriesBar[];
  unit: Unit;
  today: Day;
  measure: Measure;
  isShare: boolean;
  hrefOf(bar: SeriesBar): string | undefined;
}

/** Renders a link over each bar, with its label below and a card that shows while it is pointed at or has the focus. */
export function BarLinks({ bars, unit, today, measure, isShare, hrefOf }: Props) {
  const labels = barLabels(
    bars.map(({ date }) => date),
    unit,
    today,
  );
  return (
    <ol class="columns-over">
      {bars.map((bar, i) => (
        <li key={bar.date} class={i >= bars.length / 2 ? 'is-late' : undefined}>
          <Link href={hrefOf(bar)} pointerOnly={bars.length > mostTabStops}>
            {labels[i] && (
              <span class={labels[i].isWideOnly ? 'label-below is-wide-only' : 'label-below'} aria-hidden="true">
                {labels[i].text}
                {labels[i].more && <i>{labels[i].more}</i>}
              </span>
            )}
            {bar.notes?.length ? <span class="flag" /> : null}
            <BarCard bar={bar} unit={unit} measure={measure} isShare={isShare} />
          </Link>
        </li>
      ))}
    </ol>
  );
}

function BarCard({ bar, unit, measure, isShare }: Pick<Props, 'unit' | 'measure' | 'isShare'> & { bar: SeriesBar }) {
  const { date, count, previous, isPartial, isFuture, isUncounted, isImported, isUnusual, notes = [] } = bar;
  return (
    <span class="tip">
      {barName(date, unit)}
      {isFuture || isUncounted ? (
        <b>{isFuture ? 'to come' : 'before counting began'}</b>
      ) : (
        <>
          <b>
            {measure.say(count)}
            {isPartial && ' so far'}
            {isUnusual && ', unusual'}
            {isImported && ', imported'}
          </b>
          <Changed now={count} before={previous} isBad={measure.isBad} isShare={isShare} />
        </>
      )}
      {previous !== undefined && <small>{measure.show(previous)} before</small>}
      {notes.map((text) => (
        <span key={text} class="note">
          Note: <bdi>{text}</bdi>
        </span>
      ))}
    </span>
  );
}
