import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readLimits, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting, settings } from '../config/settings.ts';
import { type Increment, type Sum, sumByItem, toIncrement } from '../core/counters/increment.ts';
import { cappedCounters } from '../store/capped-counters.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { lateCounters } from '../store/late-counters.ts';
import { rollupState } from '../store/rollup-state.ts';
import { statisticsStore } from '../store/statistics.ts';
import { idOf, type LostHit, type Noted, notedOf, noteOf, readNotes, type Step } from './replay-notes.ts';

interface Options {
  /** The ids of lines that are not to be added again. Each id stands for one line. */
  done?: string[];
  /** Told of each step, before and after a sum is added. */
  note?: (step: Step, sum: Sum<LostHit>) => void;
  /** Ends the work after the sum that is being added. */
  signal?: AbortSignal;
}

/** Returns the lost hit that a line of the log tells of, with whatever a log puts before it; undefined for any other line. */
export function lostHitIn(line: string): LostHit | undefined {
  try {
    const { failed, ...rest } = JSON.parse(line.slice(line.indexOf('{')));
    const increment = failed === 'counting' ? toIncrement(rest) : undefined;
    return increment && { ...increment, id: idOf(line) };
  } catch {
    return undefined;
  }
}

/**
 * Adds the lost hits that lines of the log tell of, sum by sum. Returns the hits that it added, those that it skipped as
 * done, the sums that could not be added, with why, and the sums that it did not come to.
 */
export async function replay(
  lines: AsyncIterable<string>,
  count: (sum: Increment) => Promise<void>,
  { done = [], note = () => {}, signal }: Options = {},
) {
  const found: LostHit[] = [];
  for await (const line of lines) {
    const hit = lostHitIn(line);
    if (hit) found.push(hit);
  }
  const { wanted, skipped } = without(done, found);
  const added: LostHit[] = [];
  const left: { sum: Sum<LostHit>; error: unknown }[] = [];
  const waiting = sumByItem(wanted);
  while (!signal?.aborted) {
    const sum = waiting.shift();
    if (!sum) break;
    note('adding', sum);
    const failure = await failureOf(count(sum));
    note(failure ? 'left' : 'added', sum);
    if (failure) left.push({ sum, error: failure.error });
    else added.push(...sum.parts);
  }
  return { added, skipped, left, waiting };
}

const failureOf = (work: Promise<void>) =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );

/** Splits hits into those that are done and the others. Of equal lines, as many are done as there are equal ids. */
function without(done: string[], hits: LostHit[]) {
  const times = new Map<string, number>();
  for (const id of done) times.set(id, (times.get(id) ?? 0) + 1);
  const isDone = ({ id }: LostHit) => {
    const left = times.get(id) ?? 0;
    times.set(id, left - 1);
    return left > 0;
  };
  const { wanted = [], skipped = [] } = Object.groupBy(hits, (hit) => (isDone(hit) ? 'skipped' : 'wanted'));
  return { wanted, skipped };
}

/** Reads the log from standard input. Prints each step, and notes it in the file that `--done` names. */
async function main(): Promise<void> {
  const { done: file, again } = parseArgs({
    options: { done: { type: 'string' }, again: { type: 'boolean', default: false } },
  }).values;
  const print = (line: string) => {
    if (file) appendFileSync(file, `${line}\n`, { flush: true });
    console.log(line);
  };
  const notes = readNotes(file ? await textOf(file) : '');
  const unknown = again ? [] : notes.unknown;
  if (again) for (const sum of notes.unknown) print(noteOf('left', sum));

  process.env.AWS_REGION ||= settings.AWS_REGION.default;
  const { statisticsTable } = readTableNames(process.env);
  const client = dynamoClient(standard(readRequestTimeout(process.env)));
  const limits = readLimits(process.env);
  const { count } = cappedCounters(statisticsStore(client, statisticsTable), limits);
  const timeZone = readSetting('TIME_ZONE', process.env);
  const late = lateCounters(count, rollupState(client, statisticsTable), { ...limits, timeZone });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const result = await replay(
    createInterface({ input: process.stdin, signal: stopping.signal }),
    (sum) => late.count(sum, Date.now()),
    {
      done: [...notes.added, ...unknown.flatMap(({ ids }) => ids)],
      note: (step, sum) => print(noteOf(step, notedOf(sum))),
      signal: stopping.signal,
    },
  );
  for (const sentence of sentencesAbout(result, unknown, file)) console.error(sentence);
  if (result.left.length + result.waiting.length + unknown.length > 0) process.exitCode = 1;
}

const textOf = (file: string) =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

type Result = Awaited<ReturnType<typeof replay>>;

/** Returns what a run did, and what to do about the hits that it did not add. */
function sentencesAbout(
  { added, skipped, left, waiting }: Result,
  unknown: Noted[],
  file: string | undefined,
): string[] {
  const hitsIn = (sums: Sum<LostHit>[]) => sums.reduce((hits, { parts }) => hits + parts.length, 0);
  const failed = hitsIn(left.map(({ sum }) => sum));
  const again = file
    ? 'Run the same command again to add the rest.'
    : 'To add only the rest later, save what this command printed, and name that file with --done.';
  const sentences = unknown.map(
    ({ day, url, ids }) =>
      `Unknown: ${ids.length}. A run ended while it added these hits of ${day} on ${url}. They may be added or not. To add them now, run again with --again.`,
  );
  if (failed > 0) sentences.push(`Hits left: ${failed}. ${left[0]?.error}`);
  if (waiting.length > 0) sentences.push(`Stopped before these hits: ${hitsIn(waiting)}.`);
  if (failed > 0 || waiting.length > 0) sentences.push(again);
  if (added.length + skipped.length + failed + waiting.length === 0)
    return ['Nothing to add: no line tells of a hit that was not counted.', ...sentences];
  const before = skipped.length > 0 ? ` Skipped, as noted before: ${skipped.length}.` : '';
  const once = file || failed + waiting.length > 0 ? '' : ' Replay a line once only: it would count again.';
  return [`Hits added: ${added.length}.${before}${once}`, ...sentences];
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
