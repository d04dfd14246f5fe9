import { nounOf } from '../core/counters/dimensions.ts';
import { direct } from '../core/counters/names.ts';
import type { Cause, Explanation } from '../core/report/explain.ts';
import type { Query } from '../core/report/query.ts';
import type { RateChange } from '../core/report/rate-change.ts';
import type { Scope } from '../core/report/scope.ts';
import { labelOf } from './labels.ts';
import { measures } from './measures.ts';
import { pageLabel } from './PageName.tsx';
import { counted, grouped } from './text.ts';

/** A part of a sentence. One with a filter links to what it counts. */
export interface SentencePart {
  text: string;
  filter?: Query;
  /** Whether it is a name from outside, which may be written from right to left. */
  isName?: true;
}

/** Returns up to three sentences that explain a change of visits. `prefix` is the host that pages are shown without. */
export function whySentences(why: Explanation, scope: Scope, prefix: string): SentencePart[][] {
  const { causes, rest, isUsual } = why;
  const change = why.now - why.before;
  const than = earlierName(scope);
  const whole =
    change === 0
      ? `As many visits as ${than}`
      : `${signed(change)} ${Math.abs(change) === 1 ? 'visit' : 'visits'} compared with ${than}`;
  const first = [{ text: `${whole}${isUsual && change !== 0 ? ', within the usual' : ''}.` }];
  const rate = why.rate ? [rateSentence(why.rate)] : [];
  if (isUsual) return [first, ...rate];
  if (!rest) return [first, [{ text: 'No single page, referrer or country explains it: many changed.' }], ...rate];
  const found = causes.flatMap((cause, i) => [...(i > 0 ? [{ text: ', and ' }] : []), ...causeParts(cause, prefix)]);
  const without = `Without ${causes.length === 1 && Math.abs(changeOf(causes[0])) === 1 ? 'it' : 'them'} ${signed(rest.now - rest.before)}`;
  return [first, [...found, { text: '.' }], [{ text: `${without}${rest.isUsual ? ', within the usual' : ''}.` }]];
}

/** Returns a sentence with the day that has at least half of a rate's change, or with how it came about. */
function rateSentence({ rate, now, before, parts }: RateChange): SentencePart[] {
  const { title, show } = measures[rate];
  const change = now - before;
  const isMost = (part: number) => part / change >= 0.5;
  const day = parts.find(({ mix, within }) => isMost(mix + within))?.date;
  const within = parts.reduce((sum, part) => sum + part.within, 0);
  const first = { text: `${title} ${show(now)}, ${show(before)} before: ` };
  if (day !== undefined)
    return [first, { text: 'mostly on ' }, { text: day, filter: { from: day, to: day } }, { text: '.' }];
  return [first, { text: isMost(within) ? 'on most days.' : 'other days had most of the visits.' }];
}

/** Returns a sentence as plain text. */
export const textOfSentence = (parts: SentencePart[]): string => parts.map(({ text }) => text).join('');

const changeOf = (cause?: Pick<Cause, 'now' | 'before'>) => (cause ? cause.now - cause.before : 0);

const signed = (number: number) => `${number > 0 ? '+' : number < 0 ? '−' : '±'}${grouped(Math.abs(number))}`;

/** Returns how many more or fewer visits a cause brought. */
export function causeParts(cause: Cause, prefix: string): SentencePart[] {
  const { page, name, before } = cause;
  const change = changeOf(cause);
  const filter: Query = { ...(page !== undefined && { page }), ...(name && { [name.dimension]: name.name }) };
  return [
    { text: `${grouped(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'}`, filter },
    { text: ' came' },
    ...(name ? wayOf(name) : []),
    ...(page === undefined ? [] : [{ text: ' to ' }, named(pageLabel({ url: page, prefix }))]),
    { text: ` (${grouped(before)} before)` },
  ];
}

const named = (text: string): SentencePart => ({ text, isName: true });

function wayOf({ dimension, name }: NonNullable<Cause['name']>): SentencePart[] {
  if (dimension === 'referrer' && name === direct) return [{ text: ' directly or from an unknown place' }];
  const isPlace = dimension === 'referrer' || dimension === 'country';
  const way = isPlace ? ' from ' : ` with the ${nounOf(dimension)} `;
  return [{ text: way }, named(labelOf(dimension, name))];
}

/** Returns the name of the earlier range. */
function earlierName({ range, earlier, comparison }: Scope): string {
  const { period, days, unit } = range;
  if (comparison === 'year') return 'a year before';
  const isByMonth = unit === 'month' || unit === 'year';
  const isOfWeeks = comparison === 'week' && !isByMonth;
  // On its first day, a month or a year is a single day.
  if (!isOfWeeks && (period === 'month' || period === 'last-month')) return 'the month before';
  if (!isOfWeeks && (period === 'year' || period === 'last-year')) return 'the year before';
  if (days.length === 1) return 'the same weekday before';
  if (isOfWeeks) return 'the same weekdays before';
  if (period === '7d' || period === 'week' || period === 'last-week') return 'the week before';
  if (isByMonth) return 'the time before';
  return `the ${counted(earlier?.range.days.length ?? days.length, 'day')} before`;
}
