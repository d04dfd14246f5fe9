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
export function Changed(props: Props) {
  const shown = shownChange(props);
  return shown && <small class={shown.className}>{shown.text}</small>;
}

/** Renders a change as a cell of a table. It is empty if the earlier number is unknown. */
export function ChangedCell(props: Props) {
  const shown = shownChange(props);
  return <td class={shown ? `change ${shown.className}` : undefined}>{shown?.text}</td>;
}

function shownChange({ now, before, isBad, isShare }: Props): { className: string; text: string } | null {
  if (before === undefined) return null;
  const difference = isShare ? Math.round(100 * (now - before)) : now - before;
  const text = isShare ? pointsText(difference) : changeText(now, before);
  if (text === 'new' || text === 'same') return { className: 'same', text };
  const direction = difference > 0 ? 'up' : 'down';
  return { className: isBad ? `${direction} bad` : direction, text };
}

/** Returns a change in words: `up 12%`, `down 2`, `new` or `same`. It is empty if the earlier number is unknown. */
export function changeWords(now: number, before: number | undefined): string {
  const shown = shownChange({ now, before });
  if (!shown) return '';
  return shown.className === 'same' ? shown.text : `${shown.className} ${shown.text}`;
}

/** Returns a change without its direction: `2`, `12%`, `<1%`, `17×`, `new` or `same`. */
export function changeText(now: number, before: number): string {
  if (now === before) return 'same';
  if (before === 0) return 'new';
  if (now >= 10 * before && before >= 1) return `${grouped(Math.round(now / before))}×`;
  const areCounts = Number.isInteger(now) && Number.isInteger(before);
  if (before < fewest && areCounts) return grouped(Math.abs(now - before));
  const percent = Math.round((100 * Math.abs(now - before)) / before);
  // A mean that differs by less reads the same, but counts do not.
  if (percent === 0) return areCounts ? '<1%' : 'same';
  return `${grouped(percent)}%`;
}

const pointsText = (points: number) =>
  points === 0 ? 'same' : `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
