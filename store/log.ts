import type { Refusal } from '../core/collect/hit.ts';
import { isThrottling } from './client.ts';

/** Writes one line of JSON, which CloudWatch can filter by its fields. It must hold nothing of a request. */
export const log = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Returns the name of an error. Its message may quote a request. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Logs a failure. Throttling is left out: it is intended, comes in floods, and has metrics of its own. */
export function logFailure(failed: string, error: unknown): void {
  if (!isThrottling(error)) log({ failed, error: errorName(error) });
}

const msBetweenLines = 60_000;

/** Returns what logs a failure at most once a minute. `epoch` (ms) is the time of this one. */
export function seldomFailures(failed: string): (error: unknown, epoch: number) => void {
  let lastLine = Number.NEGATIVE_INFINITY;
  return (error, epoch) => {
    if (Math.abs(epoch - lastLine) < msBetweenLines) return;
    lastLine = epoch;
    logFailure(failed, error);
  };
}

const unlogged = new Map<Refusal, { hits: number; lastLine: number }>();

/** Logs how often a refusal came since its last line, at most once a minute. `epoch` (ms) is the time of this one. */
export function logRefusal(refused: Refusal, epoch: number): void {
  const { hits, lastLine } = unlogged.get(refused) ?? { hits: 0, lastLine: 0 };
  const isTime = epoch - lastLine >= msBetweenLines;
  if (isTime) log({ refused, hits: hits + 1 });
  unlogged.set(refused, isTime ? { hits: 0, lastLine: epoch } : { hits: hits + 1, lastLine });
}
