import { type Entry, UnreadableFile } from '../format.ts';
import { utf8Of } from './utf8.ts';

/** A line or record of more bytes is no part of an export. Memory holds one. */
export const maxLineBytes = 1_000_000;

/** Passes the lines of an entry to `onLine`, with their numbers from 1. Lines end with LF or CRLF. */
export async function eachLine(entry: Entry, onLine: (line: string, number: number) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const pass = (line: Buffer) => {
    number++;
    if (line.length > maxLineBytes) throw tooLong(entry, number);
    const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
    at(entry, number, () => onLine(line.toString('utf8', 0, end), number));
  };
  for await (const chunk of utf8Of(entry)) {
    const bytes =
      rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      pass(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > maxLineBytes) throw tooLong(entry, number + 1);
  }
  if (rest.length > 0) pass(rest);
}

/** Runs `work` on a line. An `UnreadableFile` gets the name and the line before its sentence. */
export function at(entry: Entry, line: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof UnreadableFile ? new UnreadableFile(`${entry.name}, line ${line}: ${error.message}`) : error;
  }
}

/** Returns the error of a line that is too long to be one. */
export const tooLong = (entry: Entry, line: number) =>
  new UnreadableFile(`${entry.name}, line ${line}: the line has more than 1 MB. It is not a line of an export.`);
