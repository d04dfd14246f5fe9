import type { People, Report } from '../core/report.ts';
import { duration } from './duration.ts';
import { Tile } from './Tile.tsx';
import { grouped } from './text.ts';

type Totals = Pick<Report, 'views' | 'people'>;

/**
 * The numbers that say most: how many people, how often, how long; and how much more than in the period before. What
 * cannot be known is left out, not guessed.
 */
export function Totals({ now, before }: { now: Totals; before: Totals }) {
  const { visitors, visits, unmarked } = now.people;
  const tile = (label: string, of: (totals: Totals) => number, show: (value: number) => string) => (
    <Tile label={label} value={show(of(now))} change={{ now: of(now), before: of(before) }} />
  );
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        {visitors > 0 && tile('Visitors', ({ people }) => people.visitors, grouped)}
        {visits > 0 && tile('Visits', ({ people }) => people.visits, grouped)}
        {tile('Views', ({ views }) => views, grouped)}
        {visits > 0 &&
          tile(
            'Views per visit',
            ({ views, people }) => views / people.visits,
            (value) => value.toFixed(1),
          )}
        {followed(now.people) > 0 && (
          <>
            {tile('Bounce rate', bounceRate, (value) => `${Math.round(100 * value)} %`)}
            {tile('Visit duration', ({ people }) => people.seconds / followed(people), duration)}
          </>
        )}
      </div>
      {unmarked > 0 && <Unmarked visits={unmarked} all={unmarked === visits} />}
    </section>
  );
}

const bounceRate = ({ people }: Totals) => 1 - people.engaged / followed(people);

/** Visits of which it is known whether they went on. */
const followed = ({ visits, unmarked }: People) => visits - unmarked;

/** Whose browser asks for privacy, or all where the owner switched visitors off: these are counted by their referrer. */
function Unmarked({ visits, all }: { visits: number; all: boolean }) {
  return (
    <p class="mt-3 is-size-7">
      {all ? 'All of these visits' : `${grouped(visits)} of these visits`} left no marker, as a browser or the owner may
      ask: that they began is told by where they came from, and who made them, or whether they went on, is not known.
    </p>
  );
}
