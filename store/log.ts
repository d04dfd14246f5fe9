import type { Refusal } from '../core/collect/hit.ts';
import { isThrottling } from './client.ts';

/** Writes one line of JSON, which CloudWatch can filter by its fields. Nothing of a request may go in. */
export const log = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

/** What is said of an error: its name alone, for a message may quote what was asked. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Tells that something failed; nothing of throttling, which is as meant, comes in floods, and has metrics of its own. */
export function logFailure(failed: string, error: unknown): void {
  if (!isThrottling(error)) log({ failed, error: errorName(error) });
}

const msBetweenLines = 60_000;
const noted = new Map<Refusal, { hits: number; lastLine: number }>();

/** Notes a refusal at `epoch` (ms), and writes how many of its kind there were since its last line, one a minute at most. */
export function noteRefusal(refused: Refusal, epoch: number): void {
  const { hits, lastLine } = noted.get(refused) ?? { hits: 0, lastLine: 0 };
  const isTime = epoch - lastLine >= msBetweenLines;
  if (isTime) log({ refused, hits: hits + 1 });
  noted.set(refused, isTime ? { hits: 0, lastLine: epoch } : { hits: hits + 1, lastLine });
}
