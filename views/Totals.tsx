import type { Report } from '../core/report.ts';
import { duration } from './duration.ts';
import { grouped } from './number.ts';
import { Tile } from './Tile.tsx';

/** The numbers that say most: how many people, how often, how long. What cannot be known is left out, not guessed. */
export function Totals({ report: { views, people } }: { report: Report }) {
  const { visitors, visits, unmarked, engaged, seconds } = people;
  const followed = visits - unmarked;
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        {visitors > 0 && <Tile label="Visitors" value={grouped(visitors)} />}
        {visits > 0 && <Tile label="Visits" value={grouped(visits)} />}
        <Tile label="Views" value={grouped(views)} />
        {visits > 0 && <Tile label="Views per visit" value={(views / visits).toFixed(1)} />}
        {followed > 0 && (
          <Tile label="Bounce rate" value={`${Math.round((100 * (followed - engaged)) / followed)} %`} />
        )}
        {followed > 0 && <Tile label="Visit duration" value={duration(seconds / followed)} />}
      </div>
      {visitors > 0 && unmarked > 0 && <Unmarked visits={unmarked} />}
    </section>
  );
}

function Unmarked({ visits }: { visits: number }) {
  return (
    <p class="mt-3 is-size-7">
      Besides, {grouped(visits)} {visits === 1 ? 'visit' : 'visits'} by people whose browser asks not to be recognised:
      counted as visits, not as visitors.
    </p>
  );
}
