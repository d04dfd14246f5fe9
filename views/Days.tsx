import type { Day } from '../core/calendar/day.ts';

/** Renders a day, or the first and last day of several: `1 Oct 2026 to 2 Oct 2026`. */
export function Days({ days }: { days: Day[] }) {
  return (
    <>
      {days.length > 1 && (
        <>
          <DayName day={days[0]} /> to{' '}
        </>
      )}
      <DayName day={days.at(-1)} />
    </>
  );
}

function DayName({ day }: { day: Day | undefined }) {
  if (!day) return null;
  return <time datetime={day}>{new Date(day).toUTCString().slice(5, 16).replace(/^0/, '')}</time>;
}
