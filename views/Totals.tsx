import type { Day } from '../core/calendar/day.ts';
import type { Metrics } from '../core/report/report.ts';
import { Days } from './Days.tsx';
import { duration } from './duration.ts';
import { Tile } from './Tile.tsx';
import { counted, grouped } from './text.ts';

interface Props {
  now: Metrics;
  /** Of the days before; nothing for a day that is not over. */
  before: Metrics | undefined;
  daysBefore: Day[];
  /** Whether these are the totals of one page. Its visits are those that began there. */
  isOfPage: boolean;
}

/**
 * The numbers that say most: how many people, how often, how long; and how much more than in the period before. What
 * cannot be known is left out, not guessed.
 */
export function Totals({ now, before, daysBefore, isOfPage }: Props) {
  const { visits = 0, unlinked = 0, engaged } = now;
  const tile = (label: string, of: (sums: Metrics) => number, show = grouped, changeOf = change) => (
    <Tile label={label} value={show(of(now))} change={changeOf(of(now), of(before ?? {}))} />
  );
  const sum = (label: string, name: keyof Metrics) => Boolean(now[name]) && tile(label, (sums) => sums[name] ?? 0);
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        {sum('Visitors', 'visitors')}
        {sum(isOfPage ? 'Entrances' : 'Visits', 'visits')}
        {sum('Views', 'views')}
        {sum('Events', 'events')}
        {engaged !== undefined && visits > 0 && tile('Views per visit', viewsPerVisit, (value) => value.toFixed(1))}
        {engaged !== undefined && followed(now) > 0 && (
          <>
            {tile('Bounce rate', bounceRate, percent, changeInPoints)}
            {tile('Visit duration', (sums) => (sums.seconds ?? 0) / followed(sums), duration)}
          </>
        )}
      </div>
      {!before && <p class="remark is-size-7">A day that is not over is not compared with a whole one.</p>}
      {before && Object.values(before).some((sum) => sum > 0) && (
        <p class="remark is-size-7">
          Changes are against <Days days={daysBefore} />.
        </p>
      )}
      {unlinked > 0 && <Unlinked visits={unlinked} all={unlinked === visits} />}
    </section>
  );
}

const viewsPerVisit = ({ views = 0, visits = 0 }: Metrics) => views / visits;
const bounceRate = (sums: Metrics) => 1 - (sums.engaged ?? 0) / followed(sums);

/** Visits of which it is known whether they went on. */
const followed = ({ visits = 0, unlinked = 0 }: Metrics) => visits - unlinked;

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** `+12 %`; nothing where there was nothing before. */
const change = (now: number, before: number) =>
  before > 0 ? `${signed(Math.round((100 * (now - before)) / before))} %` : undefined;

/** `−3 points`, of two shares. */
function changeInPoints(now: number, before: number): string | undefined {
  if (!Number.isFinite(before)) return undefined;
  const points = Math.round(100 * (now - before));
  return `${signed(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

const signed = (number: number) => `${number > 0 ? '+' : number < 0 ? '−' : '±'}${grouped(Math.abs(number))}`;

/** Whose browser asks for privacy, or all where the owner switched visitors off: these are counted by their referrer. */
function Unlinked({ visits, all }: { visits: number; all: boolean }) {
  return (
    <p class="remark is-size-7">
      {all ? 'No visit left a marker' : `${counted(visits, 'visit')} left no marker`}, as a browser or the owner may
      ask: who came, and who read on, is not known.
    </p>
  );
}
