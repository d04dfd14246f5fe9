import { runsOf, type SummaryDate } from '../../core/report/parts.ts';
import { runText } from '../run-text.ts';
import { endsOfDate } from './exported-dates.ts';

/** An answer of a function holds 4.6 MB of a zip. An estimate may be too low. */
export const maxPartBytes = 3_200_000;

/** One of several parts: the first of three is `{ number: 1, of: 3 }`. */
export interface Part {
  number: number;
  of: number;
}

/** What one file of an export that is cut into several has: some dates, or some of the pages of a date. */
export interface ExportPart {
  dates: SummaryDate[];
  slice?: Part;
}

/**
 * Cuts an export into parts of at most `maxBytes`. `sizes` has the bytes of each date, in order. A date of more bytes is
 * cut by its pages. There is at least one part.
 */
export function exportParts(sizes: [SummaryDate, number][], maxBytes: number): ExportPart[] {
  const parts: ExportPart[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const [date, size] of sizes) {
    const of = Math.ceil(size / maxBytes);
    if (of > 1) {
      for (let number = 1; number <= of; number++) parts.push({ dates: [date], slice: { number, of } });
      bytes = Number.POSITIVE_INFINITY;
      continue;
    }
    bytes += size;
    if (bytes > maxBytes) {
      parts.push({ dates: [] });
      bytes = size;
    }
    parts.at(-1)?.dates.push(date);
  }
  return parts.length > 0 ? parts : [{ dates: [] }];
}

/** Returns dates as the text of a query: `2026-10..2026-11,2026-11-01..2026-11-18`. */
const datesText = (dates: SummaryDate[]): string =>
  runsOf(dates)
    .map(({ first, last }) => `${first}..${last}`)
    .join();

/** Returns the query of a part. One that is all of the export needs none. */
export const queryOfPart = ({ dates, slice }: ExportPart, number: number, of: number): Record<string, string> =>
  of === 1
    ? {}
    : { part: `${number}/${of}`, dates: datesText(dates), ...(slice && { slice: `${slice.number}/${slice.of}` }) };

/** Returns what a part has: `2026-10 to 2026-11, 2026-11-01 to 2026-11-18`. */
export const partText = ({ dates, slice }: ExportPart): string =>
  `${runsOf(dates).map(runText).join(', ')}${slice ? `, pages ${slice.number} of ${slice.of}` : ''}`;

/** Returns whether a date is one of those in the text of a query. Returns undefined if the text is wrong. */
export function parseDates(text: string): ((date: SummaryDate) => boolean) | undefined {
  const runs = text.split(',').map((run) => run.split('..'));
  const isRun = ([first = '', last = '', ...more]: string[]) =>
    more.length === 0 && isDate(first) && isDate(last) && first.length === last.length && first <= last;
  if (!runs.every(isRun)) return undefined;
  return (date) =>
    runs.some(([first = '', last = '']) => date.length === first.length && date >= first && date <= last);
}

const isDate = (text: string): boolean => endsOfDate(text) !== undefined;

/** Returns the part in the text of a query: `2/3` is the second of three. Returns undefined if the text is wrong. */
export function parsePart(text: string): Part | undefined {
  const [, number = 0, of = 0] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  return number > 0 && number <= of ? { number, of } : undefined;
}
