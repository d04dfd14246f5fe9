import { createHash } from 'node:crypto';
import type { Increment, Sum } from '../core/counters/increment.ts';

/** A hit that only the log has, and the id of its line. */
export interface LostHit extends Increment {
  id: string;
}

/** What happens to a sum of lost hits: it is about to be added, it is added, or it could not be added. */
export type Step = 'adding' | 'added' | 'left';

/** A sum as a note has it: the ids of its lines stand for its hits. */
export interface Noted extends Increment {
  ids: string[];
}

/** Returns the id of a line of the log. Equal lines have equal ids, and are equal hits. */
export const idOf = (line: string): string => createHash('sha256').update(line.trim()).digest('base64url').slice(0, 12);

/** Returns a sum as its notes have it. */
export const notedOf = ({ day, url, add, parts }: Sum<LostHit>): Noted => ({
  day,
  url,
  add,
  ids: parts.map(({ id }) => id),
});

/** Returns the line of JSON that notes a step. `readNotes` reads it. */
export const noteOf = (step: Step, { day, url, add, ids }: Noted): string =>
  JSON.stringify({ [step]: { day, url, add }, lines: ids });

/**
 * Reads what earlier runs noted. `added` has the ids of lines that are added. `unknown` has the sums that were about to be
 * added when a run ended. Lines that are no notes are left out.
 */
export function readNotes(text: string): { added: string[]; unknown: Noted[] } {
  const added: string[] = [];
  const open = new Map<string, Noted>();
  for (const line of text.split('\n')) {
    const note = parseNote(line);
    if (!note) continue;
    const key = note.sum.ids.join();
    if (note.step === 'adding') open.set(key, note.sum);
    else open.delete(key);
    if (note.step === 'added') added.push(...note.sum.ids);
  }
  return { added, unknown: [...open.values()] };
}

function parseNote(line: string): { step: Step; sum: Noted } | undefined {
  try {
    const { lines, ...rest } = JSON.parse(line);
    const step = (['adding', 'added', 'left'] as const).find((each) => each in rest);
    return step && Array.isArray(lines) ? { step, sum: { ...rest[step], ids: lines } } : undefined;
  } catch {
    return undefined;
  }
}
