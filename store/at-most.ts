import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for work that never rejects, but at most so many milliseconds. The work then goes on. */
export async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const late = new AbortController();
  const time = sleep(ms, undefined, { signal: late.signal }).catch(() => {});
  await Promise.race([work, time]);
  late.abort();
}
