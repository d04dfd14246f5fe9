import { openPromise, type Entry as ZipEntry } from 'yauzl';
import { UnreadableFile } from '../format.ts';
import type { PackedEntry } from './open-files.ts';

/** Returns whether a file that begins with these bytes is a zip archive, or an empty one. */
export const isZip = (start: Uint8Array): boolean =>
  start[0] === 0x50 && start[1] === 0x4b && (start[2] === 0x03 || start[2] === 0x05);

/** A zip of more entries is no export: its names alone would fill the memory. */
const maxEntries = 100_000;

/** Returns the files in a zip archive, in folders or not. Throws `UnreadableFile` if it is broken, or has paths to elsewhere. */
export async function zipEntries(path: string): Promise<PackedEntry[]> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > maxEntries) throw new Error(`it has more than ${maxEntries} files`);
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries.filter(isExported).map((entry) => ({
      name: entry.fileName,
      packedBytes: entry.compressedSize,
      bytes: entry.uncompressedSize,
      async *open() {
        yield* await zip.openReadStreamPromise(entry);
      },
    }));
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '');
    throw new UnreadableFile(`${path} is a broken zip: ${reason}. Download it again.`);
  }
}

/** Leaves out folders, and what macOS adds. */
const isExported = ({ fileName }: ZipEntry) => !/(^|\/)(__MACOSX\/|\.)|\/$/.test(fileName);
