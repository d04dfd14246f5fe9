import { Fragment } from 'preact';
import type { Axis } from './axis.ts';
import type { Measure } from './measures.ts';
import type { SeriesBar } from './series-bars.ts';
import { roughly, shortened } from './text.ts';

/** More bars than these have no room for their numbers. Only the highest has one. */
const mostNumbers = 14;

/** More bars than these have no room for a word, and on a phone none for numbers. */
const mostWords = 8;

/** How far above its bar a number reaches, as a part of the axis of a phone. */
const reach = 0.16;

interface Props {
  bars: SeriesBar[];
  axis: Axis;
  measure: Measure;
}

/** Renders the numbers of a chart. They lie over its drawing, so that they keep their size when it is stretched. */
export function ChartText({ bars, axis: { top, ticks }, measure }: Props) {
  const show = (value: number) => (value < 10_000 ? measure.show(value) : shortened(value));
  const above = (value: number) => `${(100 * (1 - value / top)).toFixed(1)}%`;
  const highest = bars.reduce((best, { count }, i) => (count > (bars[best]?.count ?? 0) ? i : best), 0);
  const isDense = bars.length > mostNumbers;
  return (
    <svg class={bars.length > mostWords ? 'chart-text is-dense' : 'chart-text'} aria-hidden="true">
      <defs>
        <pattern id="hatch" width="6" height="6" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
          <rect width="2.5" height="6" />
        </pattern>
      </defs>
      {ticks.map((tick) => (
        <text key={tick} class="tick" x="-8" y={above(tick)} dy="4">
          {show(tick)}
        </text>
      ))}
      {bars.map(({ date, isImported }, i) => {
        const [x, width] = [i, 1].map((count) => `${((100 * count) / bars.length).toFixed(2)}%`);
        return isImported && <rect key={date} class="imported" x={x} width={width} y="100%" height="4" />;
      })}
      {bars.map((bar, i) => {
        const { date, count, expected = count, previous = 0, isFuture, isUncounted, isUnusual } = bar;
        if (isFuture || isUncounted) return null;
        // A number that the outline of the earlier range would cross stands above the outline.
        const y = above(previous > expected && previous < expected + reach * top ? previous : expected);
        const x = `${((100 * (i + 0.5)) / bars.length).toFixed(2)}%`;
        const hasNumber = !isDense || (i === highest && count > 0);
        return (
          <Fragment key={date}>
            {hasNumber && (
              <text class={i === highest ? 'is-highest' : undefined} x={x} y={y} dy="-8">
                {expected > count ? `≈ ${show(roughly(expected))}` : show(count)}
              </text>
            )}
            {isUnusual && (
              <text class="is-highest" x={x} y={y} dy={hasNumber ? '-26' : '-8'}>
                {bars.length > mostWords ? '●' : 'Unusual'}
              </text>
            )}
          </Fragment>
        );
      })}
    </svg>
  );
}
