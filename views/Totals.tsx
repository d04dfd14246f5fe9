import type { Day } from '../core/calendar/day.ts';
import type { Metrics } from '../core/report/report.ts';
import { duration } from './duration.ts';
import { Tile } from './Tile.tsx';
import { counted, grouped } from './text.ts';

interface Props {
  now: Metrics;
  days: Day[];
  /** The totals of the earlier range. Empty if there is none. */
  before: Metrics;
  /** Whether these are the totals of one page. Its visits are its entrances. */
  isOfPage: boolean;
}

/** Renders a tile for each metric, with its change against the earlier range. Leaves out unknown metrics. */
export function Totals({ now, days, before, isOfPage }: Props) {
  const { visits = 0, unlinked = 0, engaged } = now;
  const tile = (label: string, of: (sums: Metrics) => number, show = grouped, changeOf = change) => (
    <Tile label={label} value={show(of(now))} change={changeOf(of(now), of(before))} />
  );
  const sum = (label: string, name: keyof Metrics) => Boolean(now[name]) && tile(label, (sums) => sums[name] ?? 0);
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        {sum(days.length > 1 ? 'Daily visitors, added up' : 'Visitors', 'visitors')}
        {sum(isOfPage ? 'Entrances' : 'Visits', 'visits')}
        {sum('Views', 'views')}
        {sum('Events', 'events')}
        {engaged !== undefined && visits > 0 && tile('Views per visit', viewsPerVisit, (value) => value.toFixed(1))}
        {engaged !== undefined && linked(now) > 0 && (
          <>
            {tile('Bounce rate', bounceRate, percent, changeInPoints)}
            {tile('Visit duration', (sums) => (sums.seconds ?? 0) / linked(sums), duration)}
          </>
        )}
      </div>
      {unlinked > 0 && <Unlinked visits={unlinked} all={unlinked === visits} />}
    </section>
  );
}

const viewsPerVisit = ({ views = 0, visits = 0 }: Metrics) => views / visits;
// A write that is lost or counted twice must not show a rate below 0.
const bounceRate = (sums: Metrics) =>
  linked(sums) > 0 ? Math.max(0, 1 - (sums.engaged ?? 0) / linked(sums)) : Number.NaN;

/** Counts the visits that have a bounce and a duration. */
const linked = ({ visits = 0, unlinked = 0 }: Metrics) => visits - unlinked;

const percent = (share: number) => `${Math.round(100 * share)}%`;

/** Returns `+12%`, or undefined if there was nothing before. */
const change = (now: number, before: number) =>
  before > 0 && Number.isFinite(before) ? `${signed(Math.round((100 * (now - before)) / before))}%` : undefined;

/** Returns the difference of two shares, as `−3 points`. */
function changeInPoints(now: number, before: number): string | undefined {
  if (!Number.isFinite(before)) return undefined;
  const points = Math.round(100 * (now - before));
  return `${signed(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

const signed = (number: number) => `${number > 0 ? '+' : number < 0 ? '−' : '±'}${grouped(Math.abs(number))}`;

function Unlinked({ visits, all }: { visits: number; all: boolean }) {
  const some = `${counted(visits, 'visit')} ${visits === 1 ? 'is' : 'are'} not linked to a visitor, mostly because the browser asks for privacy. ${visits === 1 ? 'It is' : 'They are'} not in visitors, bounce rate or duration.`;
  // All of them are more likely an owner's VISITORS=off than wishes of browsers.
  const none = 'No visit is linked to a visitor, so visitors, bounce rate and duration are unknown.';
  return <p class="remark is-size-7">{all ? none : some}</p>;
}
