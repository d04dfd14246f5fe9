import { Fragment } from 'preact';
import type { Day } from '../core/calendar/day.ts';
import { dimensions } from '../core/counters/dimensions.ts';
import type { FilterName } from '../core/report/filter.ts';
import type { Scope } from '../core/report/scope.ts';
import { dayAndYear } from './date-text.ts';
import { labelOf } from './labels.ts';
import type { LinkTo } from './links.ts';
import { counted } from './text.ts';

/** What the lake said to a query that counters cannot tell: days that it lacks beside its report, or a problem. */
export type LakeSaid =
  | { missing: Day[]; problem?: undefined }
  | { missing?: undefined; problem: string; names: FilterName[] };

interface Props {
  lake: LakeSaid;
  scope: Scope;
  linkTo: LinkTo;
}

/** Renders that the numbers are from the lake, or why they are not, with links to each filter alone. */
export function LakeNote({ lake, scope: { range, filter, fromLake }, linkTo }: Props) {
  if (lake.problem === undefined)
    return (
      <p class="remark" role="status">
        From the lake: views, visits and events with all of these filters. Visits of browsers that ask for privacy are
        not in it. {missingText(lake.missing, range.days)}{' '}
        {fromLake && !filter.also && <a href={linkTo({ lake: undefined })}>Show the counters</a>}
      </p>
    );
  const { problem, names } = lake;
  return (
    <p class="notification is-warning is-light">
      {problem}{' '}
      {names.length < 2 ? (
        'These numbers are from counters.'
      ) : (
        <>
          These numbers are for the first filter only. Show one filter at a time:{' '}
          <Alone names={names} linkTo={linkTo} />.
        </>
      )}
    </p>
  );
}

/** Renders a link to each name without the others. */
function Alone({ names, linkTo }: { names: FilterName[]; linkTo: LinkTo }) {
  const without = Object.fromEntries(names.map(({ dimension }) => [dimension, undefined]));
  return names.map(({ dimension, name }, i) => (
    <Fragment key={dimension}>
      {i > 0 && ', '}
      <a href={linkTo({ ...without, [dimension]: name })}>
        {dimensions[dimension].title[1]} <bdi>{labelOf(dimension, name)}</bdi>
      </a>
    </Fragment>
  ));
}

/** Says which days of a range the lake has no record of. A quiet day looks the same. */
function missingText(missing: Day[], days: Day[]): string {
  const first = days.find((day, i) => missing[i] !== day);
  if (missing.length === 0) return '';
  if (!first) return 'It has no record of these days.';
  const later = missing.filter((day) => day > first).length;
  const begins = first === days[0] ? '' : `Its records begin on ${dayAndYear(first)}. `;
  return begins + (later > 0 ? `It has no record of ${counted(later, 'day')}${begins && ' since'}.` : '');
}
