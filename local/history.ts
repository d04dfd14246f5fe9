import { history } from '../simulator/clickstream.ts';
import { emptyLedger } from '../simulator/ledger.ts';
import { sendHistory } from '../simulator/send.ts';
import { demoSite } from '../simulator/site.ts';
import { handlerTransport } from './handlers.ts';

/**
 * Sends a month of the demo blog's readers up to `now` (ms) through the real handler, unless the signal ends it early;
 * returns how many hits it took.
 */
export async function sendDemoHistory(origin: string, now: number, signal: AbortSignal): Promise<number> {
  const ledger = emptyLedger('UTC');
  const visitors = history(
    { site: demoSite, origin, seed: 7, visitors: true, run: now.toString(36) },
    { visitors: 500, days: 30, until: now },
    { part: 0, of: 1 },
  );
  await sendHistory(visitors, { transport: await handlerTransport(), ledger, concurrency: 10, signal });
  if (ledger.statuses['no answer'] && !signal.aborted)
    throw new Error('The simulated history could not be written to the database.');
  return ledger.sent;
}
