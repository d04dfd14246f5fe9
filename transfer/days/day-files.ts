import { appendFileSync, closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day } from '../../core/calendar/day.ts';

/** Records of days, or of other dates, in temporary files. */
export interface DayFiles<DayRecord, Date extends string = Day> {
  /** Appends a record to a day. Records with the same key come back in the same part. */
  append(day: Date, key: string, record: DayRecord): void;
  /** Writes what is held. Returns the days that have records, first to last. */
  days(): Date[];
  /** Yields the records of a day: all at once, or in parts if they are many. Then deletes them. Call `days` before. */
  parts(day: Date): Generator<DayRecord[]>;
  /** Deletes the files. */
  remove(): void;
}

const maxCharsWaiting = 4 * 1024 * 1024;
const maxBytesOfPart = 12 * 1024 * 1024;
const keyLength = 2;

/**
 * Creates files with a line for each record, one file for each day. Memory holds one part of a day, whatever the order in
 * which records come. The files go when the process ends, if `remove` was not called.
 */
export function dayFiles<DayRecord, Date extends string = Day>(
  bytesOfPart = maxBytesOfPart,
): DayFiles<DayRecord, Date> {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-import-'));
  const waiting = new Map<string, string[]>();
  const days = new Set<Date>();
  let chars = 0;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);

  function write(name: string, line: string): void {
    const lines = waiting.get(name);
    if (lines) lines.push(line);
    else waiting.set(name, [line]);
    chars += line.length;
    if (chars > maxCharsWaiting) flush();
  }

  function flush(): void {
    for (const [name, lines] of waiting) appendFileSync(join(folder, name), lines.join(''), { mode: 0o600 });
    waiting.clear();
    chars = 0;
  }

  /** Splits the file of a day by the keys of its records. Returns the names of the parts. */
  function split(day: Date, count: number): string[] {
    const names = Array.from({ length: count }, (_, part) => `${day}.${part}`);
    for (const line of linesOf(join(folder, day))) write(names[numberOf(line) % count] ?? day, `${line}\n`);
    flush();
    return names;
  }

  return {
    append(day, key, record) {
      days.add(day);
      write(day, `${key.slice(0, keyLength).padEnd(keyLength)}${JSON.stringify(record)}\n`);
    },

    days() {
      flush();
      return [...days].sort();
    },

    *parts(day) {
      const count = Math.ceil(statSync(join(folder, day)).size / bytesOfPart);
      const names = count === 1 ? [day] : split(day, count);
      for (const name of names.map((each) => join(folder, each)).filter(existsSync)) {
        const records: DayRecord[] = [];
        for (const line of linesOf(name)) records.push(JSON.parse(line.slice(keyLength)));
        yield records;
      }
      for (const name of [day, ...names]) rmSync(join(folder, name), { force: true });
    },

    remove() {
      process.off('exit', remove);
      remove();
    },
  };
}

/** Returns a number of the key of a line. */
const numberOf = (line: string) => line.charCodeAt(0) * 64 + line.charCodeAt(1);

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const decoder = new TextDecoder();
    const buffer = Buffer.alloc(1024 * 1024);
    let rest = '';
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
      const lines = (rest + decoder.decode(buffer.subarray(0, bytes), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}
