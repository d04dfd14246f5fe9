import type { Metrics, Report } from '../core/report/report.ts';
import { counted } from './text.ts';

interface Props {
  report: Report;
  /** How many days the totals add up. */
  days: number;
}

/** Renders what the totals leave out, and what they add up, with an explanation a tap away. */
export function ChartNotes({ report: { totals, refusals }, days }: Props) {
  const hits = (reason: string) => refusals.find(({ name }) => name === reason)?.count ?? 0;
  const leftOut = [
    hits('bot') > 0 && counted(hits('bot'), 'bot'),
    hits('spam') > 0 && counted(hits('spam'), 'spam hit'),
  ].filter(Boolean);
  return (
    <>
      {leftOut.length > 0 && (
        <p>
          {leftOut.join(' and ')} left out · <a href="#not-counted">details</a>
        </p>
      )}
      {Boolean(totals.visitors) && days > 1 && (
        <details>
          <summary>Daily visitors, added up</summary>
          <p>A reader who comes on two days counts twice. Footfall links no day to the next.</p>
        </details>
      )}
      <Unlinked {...totals} />
      <NotFollowed {...totals} />
    </>
  );
}

function Unlinked({ visits = 0, unlinked = 0 }: Metrics) {
  if (unlinked === 0) return null;
  // All of them are more likely an owner's VISITORS=off than wishes of browsers.
  if (unlinked === visits)
    return <p>No visit is linked to a visitor, so visitors, bounce rate and duration are unknown.</p>;
  return (
    <details>
      <summary>{counted(unlinked, 'visit')} without a visitor</summary>
      <p>
        {unlinked === 1 ? 'It is' : 'They are'} not linked to a visitor, mostly because the browser asks for privacy.{' '}
        {unlinked === 1 ? 'It is' : 'They are'} not in visitors, bounce rate or duration.
      </p>
    </details>
  );
}

/** Renders how many visits of a source or a campaign are in neither bounce rate nor events. */
function NotFollowed({ visits = 0, linked = visits }: Metrics) {
  const others = visits - linked;
  if (others <= 0) return null;
  return (
    <details>
      <summary>{counted(others, 'visit')} not in bounce rate and events</summary>
      <p>
        Footfall cannot follow {others === 1 ? 'it' : 'them'}, mostly because the browser asks for privacy, or because
        Footfall did not count this yet.
      </p>
    </details>
  );
}
