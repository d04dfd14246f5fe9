import type { Refusal } from '../core/hit.ts';
import { isThrottling } from '../store/client.ts';

/** Writes one line of JSON, which CloudWatch can filter by its fields. Nothing of a request may go in. */
export const log = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

/** What is said of an error: its name alone, for a message may quote what was asked. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Tells that something failed; nothing of throttling, which is as meant, comes in floods, and has metrics of its own. */
export function logFailure(failed: string, error: unknown): void {
  if (!isThrottling(error)) log({ failed, error: nameOf(error) });
}

const msBetweenLines = 60_000;
let refused: Partial<Record<Refusal, number>> = {};
let lastLine = 0;

/** Notes a refusal at `epoch` (ms), and writes how many there were since the last such line, one a minute at most. */
export function noteRefusal(refusal: Refusal, epoch: number): void {
  refused[refusal] = (refused[refusal] ?? 0) + 1;
  if (epoch - lastLine < msBetweenLines) return;
  log({ refused });
  refused = {};
  lastLine = epoch;
}
