import { fork } from 'node:child_process';
import { once } from 'node:events';
import { history } from '../simulator/clickstream.ts';
import { emptyLedger } from '../simulator/ledger.ts';
import { sendHistory } from '../simulator/send.ts';
import { demoSite } from '../simulator/site.ts';
import { handlerTransport } from './handlers.ts';

/** Sends a month of the demo blog's readers up to `now` (ms) through the real handler. Returns the number of hits. */
async function sendDemoHistory(origin: string, now: number, signal: AbortSignal): Promise<number> {
  const ledger = emptyLedger('UTC');
  const visitors = history(
    { site: demoSite, origin, seed: 7, visitors: true, run: now.toString(36) },
    { visitors: 500, days: 30, until: now },
  );
  await sendHistory(visitors, { transport: await handlerTransport(), ledger, concurrency: 10, signal });
  if (ledger.statuses['no answer'] && !signal.aborted)
    throw new Error('The database did not answer while the simulated history was written. Start again.');
  return ledger.sent;
}

/** Does the same in a process of its own with an app's settings, and discards the log of its functions. */
export async function historyOf(
  { blogOrigin, environment }: { blogOrigin: string; environment: Record<string, string> },
  signal: AbortSignal,
): Promise<number> {
  const child = fork(import.meta.filename, [blogOrigin], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true, // so that Ctrl-C reaches only the parent
  });
  signal.addEventListener('abort', () => child.connected && child.disconnect());
  const ended = once(child, 'exit').then(() => {
    if (signal.aborted) return [0];
    throw new Error('The process that writes the simulated history failed. Start again.');
  });
  const [sent] = await Promise.race([once(child, 'message'), ended]);
  return sent;
}

if (import.meta.main) {
  const abort = new AbortController();
  process.once('disconnect', () => abort.abort());
  const sent = await sendDemoHistory(process.argv[2] ?? '', Date.now(), abort.signal);
  process.send?.(sent, () => process.exit());
  if (!process.connected) process.exit();
}
