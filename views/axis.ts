import type { Chartable } from '../core/report/filter.ts';

/** The y axis of a chart: from 0 to `top`. */
export interface Axis {
  top: number;
  /** The numbers that have a line, lowest first. */
  ticks: number[];
}

const mostLines = 4;

const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const ladder = [1, 2, 5, 10];

/** Returns an axis with few lines at round numbers, for counts, shares of 1, or seconds up to `highest`. */
export function axisOf(charted: Chartable, highest: number): Axis {
  const step = stepOf(charted, highest / mostLines);
  const lines = Math.max(1, Math.ceil(highest / step - 1e-9));
  const ticks = Array.from({ length: lines + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  return { top: ticks.at(-1) ?? step, ticks };
}

/** Returns the smallest round number that is not below `atLeast`. */
function stepOf(charted: Chartable, atLeast: number): number {
  if (charted === 'bounce-rate') return 0.25;
  if (charted === 'visit-duration') return seconds.find((each) => each >= atLeast) ?? round(atLeast / 3600) * 3600;
  return Math.max(charted === 'views-per-visit' ? 0.5 : 1, round(atLeast));
}

function round(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast || 1));
  return power * (ladder.find((each) => each * power >= atLeast * (1 - 1e-9)) ?? 10);
}
