import type { Sums } from '../core/report.ts';
import { duration } from './duration.ts';
import { Tile } from './Tile.tsx';
import { grouped } from './text.ts';

interface Props {
  now: Sums;
  before: Sums;
}

/**
 * The numbers that say most: how many people, how often, how long; and how much more than in the period before. What
 * cannot be known is left out, not guessed.
 */
export function Totals({ now, before }: Props) {
  const { visits = 0, unmarked = 0, entries, engaged } = now;
  const tile = (label: string, of: (sums: Sums) => number, show: (value: number) => string) => (
    <Tile label={label} value={show(of(now))} change={{ now: of(now), before: of(before) }} />
  );
  const sum = (label: string, name: keyof Sums) =>
    Boolean(now[name]) && tile(label, (sums) => sums[name] ?? 0, grouped);
  return (
    <section class="block" aria-label="Totals">
      <div class="tiles">
        {sum('Visitors', 'visitors')}
        {sum('Entries', 'entries')}
        {sum(entries === undefined ? 'Visits' : 'Visits begun here', 'visits')}
        {sum('Views', 'views')}
        {sum('Times', 'times')}
        {engaged !== undefined && visits > 0 && tile('Views per visit', viewsPerVisit, (value) => value.toFixed(1))}
        {engaged !== undefined && followed(now) > 0 && (
          <>
            {tile('Bounce rate', bounceRate, (value) => `${Math.round(100 * value)} %`)}
            {tile('Visit duration', (sums) => (sums.seconds ?? 0) / followed(sums), duration)}
          </>
        )}
      </div>
      {unmarked > 0 && <Unmarked visits={unmarked} all={unmarked === visits} />}
    </section>
  );
}

const viewsPerVisit = ({ views = 0, visits = 0 }: Sums) => views / visits;
const bounceRate = (sums: Sums) => 1 - (sums.engaged ?? 0) / followed(sums);

/** Visits of which it is known whether they went on. */
const followed = ({ visits = 0, unmarked = 0 }: Sums) => visits - unmarked;

/** Whose browser asks for privacy, or all where the owner switched visitors off: these are counted by their referrer. */
function Unmarked({ visits, all }: { visits: number; all: boolean }) {
  return (
    <p class="mt-3 is-size-7">
      {all ? 'All of these visits' : `${grouped(visits)} of these visits`} left no marker, as a browser or the owner may
      ask: that they began is told by where they came from, and who made them, or whether they went on, is not known.
    </p>
  );
}
