import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startDatabase } from './database.ts';

/** Starts the embedded database in another process, so that its CPU does not count, and points the SDK at it. */
export async function useDatabaseProcess(): Promise<{ close(): void }> {
  const child = fork(import.meta.filename);
  const [environment] = await once(child, 'message');
  Object.assign(process.env, environment);
  return { close: () => child.kill() };
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit());
  process.send?.((await startDatabase()).environment);
}
