import type { LiveBatch } from '../core/live/live-hit.ts';
import type { LiveReport } from '../core/live/live-report.ts';
import type { LiveScope } from './LiveBoard.tsx';
import { grouped } from './text.ts';

/** How often the page asks again without a WebSocket, in seconds. */
export const liveRefresh = 15;

/** Returns what the page says of its updates, and the label of the link that stops or starts them. */
export const updatesOf = (isPaused: boolean): { status: string; change: string } =>
  isPaused
    ? { status: 'Updates are stopped.', change: 'Update again' }
    : { status: `Updates every ${liveRefresh} seconds.`, change: 'Stop updating' };

/** What the browser needs to go on where the server stopped. */
export interface LiveData extends LiveScope, LiveBatch {
  site: string | undefined;
  /** The server's clock, in milliseconds since 1970. */
  now: number;
  /** The WebSocket's URL with a token that lives one minute. */
  socket: string;
}

/** Returns the number of readers. If no view belongs to a known reader, as with VISITORS=off, returns that of views. */
export const nowOf = ({ readersNow, unlinked, views, viewsNow }: LiveReport): { count: number; of: string } =>
  views > 0 && unlinked === views
    ? { count: viewsNow, of: viewsNow === 1 ? 'view' : 'views' }
    : { count: readersNow, of: 'reading now' };

/** Returns the title of the tab: `4 reading now · blog.example.com`. */
export function liveTitle(report: LiveReport, site: string | undefined): string {
  const { count, of } = nowOf(report);
  return `${grouped(count)} ${of}${site ? ` · ${site}` : ''}`;
}
