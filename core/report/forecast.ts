import type { Moment } from '../calendar/day.ts';
import { quantileOf } from './probability.ts';
import { type History, shareOfDay, usualOn } from './usual.ts';

/** The views that a day has by its end, in four of five cases. */
export interface Forecast {
  low: number;
  high: number;
}

/** Shares of a day that tell nothing yet, or nothing more. */
const [leastShare, mostShare] = [0.02, 0.98];

/**
 * Estimates the views of today by midnight from those so far. The usual of the weekday is the expectation (Gamma), which
 * the views so far correct (Poisson). Undefined without four weeks of history, and near midnight.
 */
export function forecastOf(history: History, { day, hour, minute }: Moment, views: number): Forecast | undefined {
  const usual = usualOn(history, day, 'views');
  const share = shareOfDay(history, Number(hour), Number(minute) / 60);
  if (!usual || usual.mean <= 0 || share === undefined || share < leastShare || share > mostShare) return undefined;
  const shape = usual.mean / Math.max(0.001, usual.dispersion - 1);
  const scale = (1 - share) / (shape / usual.mean + share);
  const rest = { mean: (shape + views) * scale, dispersion: 1 + scale };
  return { low: views + quantileOf(0.1, rest), high: views + quantileOf(0.9, rest) };
}
