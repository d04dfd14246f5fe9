import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeDemoYear } from './demo-year.ts';
import type { Progress } from './progress.ts';

const visitors = 6_000;

/**
 * Writes the history of the demo blog, in a process of its own with an app's settings. Discards the log of its functions,
 * and updates `progress`. Returns the number of hits, or 0 if the signal aborts.
 */
export async function historyOf(
  { blogOrigin, environment }: { blogOrigin: string; environment: Record<string, string> },
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const child = fork(import.meta.filename, [blogOrigin], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [], // those of npm start save memory, which takes time
    detached: true, // so that Ctrl-C reaches only the parent
  });
  signal.addEventListener('abort', () => child.connected && child.disconnect());
  let hits: number | undefined;
  child.on('message', (message: { done: number; all: number } | { hits: number }) => {
    if ('hits' in message) hits = message.hits;
    else Object.assign(progress, message);
  });
  await once(child, 'exit');
  if (signal.aborted) return 0;
  if (hits === undefined) throw new Error('The process that writes the simulated history failed. Start again.');
  return hits;
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit());
  const [origin = ''] = process.argv.slice(2);
  const onProgress = (done: number, all: number) => process.send?.({ done, all });
  const hits = await writeDemoYear({ origin, now: Date.now(), visitors, onProgress });
  process.send?.({ hits }, () => process.exit());
}
