import { parseDates, parsePart } from './export-parts.ts';
import { type Export, type ReadSummaries, writeExport } from './write-export.ts';

/** Which part of an export a query asks for. Without these, it asks for all of it. */
export interface PartQuery {
  part?: string | undefined;
  dates?: string | undefined;
  slice?: string | undefined;
}

class TooLong extends Error {}

/** Returns the part of an export that a query asks for. Returns what is wrong with the query, as a sentence. */
export function partOf(whole: Export, { part, dates, slice }: PartQuery): Export | string {
  const [parsedPart, parsedSlice] = [part, slice].map((text) => (text === undefined ? undefined : parsePart(text)));
  const isAsked = dates === undefined ? () => true : parseDates(dates);
  if (!isAsked || (part !== undefined && !parsedPart) || (slice !== undefined && !parsedSlice))
    return 'There is no such part: open the page "Share and export" again.';
  const isFirst = parsedPart === undefined || parsedPart.number === 1;
  return {
    ...whole,
    sites: whole.sites.map((site) => ({ ...site, dates: site.dates.filter(isAsked) })),
    notes: isFirst ? whole.notes : [],
    part: parsedPart,
    slice: parsedSlice,
  };
}

/** Returns an export as a zip of at most `maxBytes`, or undefined if it is longer. */
export async function exportedZip(wanted: Export, read: ReadSummaries, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    await writeExport(wanted, read, (bytes) => {
      length += bytes.length;
      if (length > maxBytes) throw new TooLong();
      chunks.push(bytes);
    });
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
  return Buffer.concat(chunks);
}
