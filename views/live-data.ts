import type { LiveBatch } from '../core/live/live-hit.ts';
import type { LiveReport } from '../core/live/live-report.ts';
import type { LiveScope } from './LiveBoard.tsx';
import { grouped } from './text.ts';

/** What the browser needs to go on where the server stopped. */
export interface LiveData extends LiveScope, LiveBatch {
  site: string | undefined;
  /** The server's clock, in milliseconds since 1970. */
  now: number;
  /** The WebSocket's URL with a token that lives one minute. */
  socket: string;
}

/** Returns the title of the tab: `4 reading now · blog.example.com`. */
export const liveTitle = ({ readersNow }: LiveReport, site: string | undefined): string =>
  `${grouped(readersNow)} reading now${site ? ` · ${site}` : ''}`;
