import { setTimeout } from 'node:timers/promises';
import { withProgress } from '../local/progress.ts';

/** Waits for an answer. Shows a bar once it takes more than a second. `progress` returns a part from 0 to 1. */
export async function whileWaiting<Result>(answer: Promise<Result>, progress: () => number): Promise<Result> {
  const isSlow = await Promise.race([answer.then(done, done), setTimeout(1000, true, { ref: false })]);
  if (!isSlow) return await answer;
  const percent = {
    all: 100,
    get done() {
      return Math.round(100 * progress());
    },
  };
  return await withProgress(percent, () => answer);
}

const done = () => false;
