import { grouped } from './text.ts';

/** Fewer than these before, and the change is a difference: a percentage of so few says little. */
const fewest = 10;

interface Props {
  now: number;
  /** The number of the earlier range. Undefined if it is unknown. */
  before: number | undefined;
  /** Whether less is better. */
  isBad?: boolean | undefined;
  /** Whether both numbers are shares of 1. Their change is in points. */
  isShare?: boolean;
}

/** Renders a change as a triangle and a colour: up or down, and good or bad. */
export function Changed({ now, before, isBad, isShare }: Props) {
  if (before === undefined) return null;
  const difference = isShare ? Math.round(100 * (now - before)) : now - before;
  const text = isShare ? pointsText(difference) : changeText(now, before);
  if (text === 'new' || text === 'same') return <small class="same">{text}</small>;
  const direction = difference > 0 ? 'up' : 'down';
  return <small class={isBad ? `${direction} bad` : direction}>{text}</small>;
}

/** Returns a change without its direction: `2`, `12%`, `17×`, `new` or `same`. */
export function changeText(now: number, before: number): string {
  if (now === before) return 'same';
  if (before === 0) return 'new';
  if (now >= 10 * before && before >= 1) return `${grouped(Math.round(now / before))}×`;
  if (before < fewest && Number.isInteger(now) && Number.isInteger(before)) return grouped(Math.abs(now - before));
  const percent = Math.round((100 * Math.abs(now - before)) / before);
  return percent === 0 ? 'same' : `${grouped(percent)}%`;
}

const pointsText = (points: number) =>
  points === 0 ? 'same' : `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
