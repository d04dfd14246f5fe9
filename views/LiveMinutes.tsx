import { type LiveReport, liveMinutes } from '../core/live/live-report.ts';
import { clock } from './LiveBoard.tsx';
import { counted, grouped } from './text.ts';

/** Renders the views of each minute as bars, with two pale lines. */
export function LiveMinutes({ report: { minutes, views }, timeZone }: { report: LiveReport; timeZone: string }) {
  const most = Math.max(...minutes.map(({ views }) => views));
  const lines = most > 1 ? [most, Math.round(most / 2)] : [];
  const times = [0, Math.ceil(liveMinutes / 2) - 1, liveMinutes - 1].flatMap((i) => minutes[i]?.time ?? []);
  const percent = (count: number) => `${(100 * count) / Math.max(1, most)}%`;
  return (
    <figure>
      <figcaption class="remark">
        {counted(views, 'view')} in the last {liveMinutes} minutes{most > 0 && `, at most ${grouped(most)} a minute`}
      </figcaption>
      <svg class="minutes" aria-hidden="true">
        {lines.map((count) => (
          <line key={count} x2="100%" y1={percent(most - count)} y2={percent(most - count)} />
        ))}
        <line class="ground" x2="100%" y1="100%" y2="100%" />
        {minutes.map(({ time, views }, i) => (
          <rect
            key={time}
            x={`${(100 * (i + 0.15)) / liveMinutes}%`}
            width={`${70 / liveMinutes}%`}
            y={percent(most - views)}
            height={percent(views)}
          >
            <title>{`${clock(time, timeZone)}: ${counted(views, 'view')}`}</title>
          </rect>
        ))}
      </svg>
      <p class="ends">
        {times.map((time) => (
          <span key={time}>{clock(time, timeZone)}</span>
        ))}
      </p>
    </figure>
  );
}
