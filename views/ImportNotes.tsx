import type { Day } from '../core/calendar/day.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import { dayAndYear } from './date-text.ts';

interface Props {
  /** The imports of the range. */
  imports: ImportedDays[];
  range: Range;
  /** The one site that is shown, or empty. */
  site: string;
}

/** Renders which days of the range were imported, and from where. */
export function ImportNotes({ imports, range, site }: Props) {
  const isOneDay = range.days.length === 1;
  return imports.map((each) => (
    <p key={each.name} class="imported-days">
      {isOneDay ? 'This day' : daysOf(each, ...endsOf(range))}
      {!site && ` of ${each.site}`} {isOneDay ? 'was' : 'were'} imported from {each.tool} ({each.name}).
      {!each.hasHours && ` ${isOneDay ? 'It has' : 'They have'} no hours.`}
    </p>
  ));
}

function daysOf({ first, last }: ImportedDays, from: Day, to: Day): string {
  if (first <= from && last >= to) return 'These days';
  if (first <= from) return `Days until ${dayAndYear(last)}`;
  return last >= to ? `Days from ${dayAndYear(first)}` : `Days from ${dayAndYear(first)} until ${dayAndYear(last)}`;
}
