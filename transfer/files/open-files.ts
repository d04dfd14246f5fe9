import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Entry, UnreadableFile } from '../format.ts';
import { startOf } from './utf8.ts';
import { isZip, zipEntries } from './zip-entries.ts';

/** The files of an export, and how much of them is read. */
export interface OpenedFiles {
  entries: Entry[];
  /** The bytes on disk, and how many of them formats have read. A format may read an entry twice. */
  progress: { done: number; all: number };
}

/** A file by itself, or an entry of an archive. */
export interface PackedEntry {
  name: string;
  /** The bytes that it takes on disk. */
  packedBytes: number;
  /** The bytes that `open` returns, which may be packed once more. */
  bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

const headBytes = 64 * 1024;
/** Many files are logs. Their heads together stay below this, and each has at least 1 KB. */
const headBytesOfAll = 32 * 1024 * 1024;
/** Logs shrink to a tenth or a twentieth. A zip bomb shrinks to a thousandth. */
const maxRatio = 200;
const bytesWithoutRatio = 16 * 1024 * 1024;
const maxBytes = 200e9;

/**
 * Opens files, folders with files, and archives. gzip and zip are recognized by content. Throws `UnreadableFile` if one is
 * missing, empty or broken.
 */
export async function openFiles(paths: string[]): Promise<OpenedFiles> {
  const packed = (await Promise.all(paths.map(packedEntries))).flat();
  const size = Math.max(1024, Math.min(headBytes, Math.floor(headBytesOfAll / packed.length)));
  const progress = { done: 0, all: packed.reduce((sum, { packedBytes }) => sum + packedBytes, 0) };
  const entries: Entry[] = [];
  for (const each of packed) {
    const head = await startOf(unpacked(each), size);
    if (head === '') continue;
    if (isZip(Buffer.from(head.slice(0, 4))))
      throw new UnreadableFile(`${each.name} is a zip in an archive. Unpack the outer one, and import the zip in it.`);
    entries.push({
      name: each.name,
      head,
      chunks: () =>
        unpacked(each, (bytes) => {
          progress.done += bytes * (each.packedBytes / each.bytes);
        }),
    });
  }
  if (entries.length === 0) throw new UnreadableFile(`${paths.join(', ')}: there is nothing in it. Export it again.`);
  return { entries, progress };
}

async function packedEntries(path: string): Promise<PackedEntry[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UnreadableFile(`There is no file ${path}. Check its name.`);
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    return (await Promise.all(names.map((name) => packedEntries(join(path, name))))).flat();
  }
  if (!found.isFile()) throw new UnreadableFile(`${path} is no file. Write its content to a file first.`);
  if (isZip(await firstBytes(path, 4))) return zipEntries(path);
  const bytesAtOnce = { highWaterMark: 256 * 1024 };
  return [
    {
      name: basename(path),
      packedBytes: found.size,
      bytes: found.size,
      open: () => createReadStream(path, bytesAtOnce),
    },
  ];
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Returns the bytes of an entry, without gzip. Throws `UnreadableFile` if it is cut, broken or a bomb. */
async function* unpacked(entry: PackedEntry, onRead?: (bytes: number) => void) {
  const { name, packedBytes } = entry;
  let bytes = 0;
  try {
    for await (const chunk of gunzipped(counted(entry, onRead))) {
      bytes += chunk.length;
      if (bytes > maxBytes || (bytes > bytesWithoutRatio && bytes > maxRatio * packedBytes))
        throw new UnreadableFile(
          `${name} unpacks to more than ${bytes > maxBytes ? '200 GB' : `${maxRatio} times its size`}. It is not an export.`,
        );
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(`${name} is cut or broken: ${(error as Error).message}. Export or download it again.`);
  }
}

/** Returns the bytes of an entry, and says how many. A log may grow meanwhile. */
async function* counted({ name, bytes, open }: PackedEntry, onRead: (bytes: number) => void = () => {}) {
  let missing = bytes;
  for await (const chunk of open()) {
    missing -= chunk.length;
    onRead(chunk.length);
    yield chunk;
  }
  if (missing > 0) throw new UnreadableFile(`${name} became shorter while it was read. Import it again.`);
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { value: first } = await iterator.next();
  if (!first) return;
  const all = resumed(first, iterator);
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* all;
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(all), gunzip, () => {});
  yield* gunzip;
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
