import { counted } from '../views/text.ts';
import type { AnswerTable } from './answer.ts';
import { whileWaiting } from './while-waiting.ts';

/** An answer, and in a sentence or two what it took. */
export interface Answered {
  table: AnswerTable;
  took: string;
}

/** Waits for an answer. Returns it with its rows and seconds in words: `12 rows in 0.4 s`. */
export async function timed<Result>(
  asked: Promise<Result>,
  tableOf: (result: Result) => AnswerTable,
  progress = () => 0,
): Promise<{ result: Result; time: string }> {
  const start = performance.now();
  const result = await whileWaiting(asked, progress);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return { result, time: `${counted(tableOf(result).rows.length, 'row')} in ${seconds} s` };
}
