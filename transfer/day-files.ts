import { appendFileSync, closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day } from '../core/calendar/day.ts';

/** Records of days, in temporary files. */
export interface DayFiles<DayRecord> {
  /** Appends a record to a day. Records with the same key come back in the same part. */
  append(day: Day, key: string, record: DayRecord): void;
  /** Returns the days that have records, first to last. */
  days(): Day[];
  /** Returns the records of a day: all at once, or in parts if they are many. */
  parts(day: Day): Generator<DayRecord[]>;
  /** Deletes the files. */
  remove(): void;
}

const maxCharsWaiting = 16 * 1024 * 1024;
const maxBytesOfPart = 24 * 1024 * 1024;
const keyLength = 2;

/**
 * Creates files with a line for each record, one file for each day. Memory holds one part of a day, whatever the order in
 * which records come. The files go when the process ends, if `remove` was not called.
 */
export function dayFiles<DayRecord>(bytesOfPart = maxBytesOfPart): DayFiles<DayRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-import-'));
  const waiting = new Map<Day, string[]>();
  const days = new Set<Day>();
  let chars = 0;
  const fileOf = (day: Day) => join(folder, day);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);

  function flush(): void {
    for (const [day, lines] of waiting) appendFileSync(fileOf(day), lines.join(''), { mode: 0o600 });
    waiting.clear();
    chars = 0;
  }

  return {
    append(day, key, record) {
      const line = `${key.slice(0, keyLength).padEnd(keyLength)}${JSON.stringify(record)}\n`;
      const lines = waiting.get(day);
      if (lines) lines.push(line);
      else waiting.set(day, [line]);
      days.add(day);
      chars += line.length;
      if (chars > maxCharsWaiting) flush();
    },

    days: () => [...days].sort(),

    *parts(day) {
      flush();
      const count = Math.ceil(statSync(fileOf(day)).size / bytesOfPart);
      for (let part = 0; part < count; part++) {
        const records: DayRecord[] = [];
        for (const line of linesOf(fileOf(day)))
          if (count === 1 || partOf(line) % count === part) records.push(JSON.parse(line.slice(keyLength)));
        yield records;
      }
    },

    remove() {
      process.off('exit', remove);
      remove();
    },
  };
}

const partOf = (line: string) => line.charCodeAt(0) * 64 + line.charCodeAt(1);

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
