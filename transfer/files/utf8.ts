import type { Entry } from '../format.ts';

/** Returns an entry's bytes in UTF-8 without a byte order mark. UTF-16 is recognized by its mark, or by its zeros. */
export async function* utf8Of(entry: Pick<Entry, 'chunks'>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of entry.chunks()) {
    if (isFirst) decoder = decoderOf(chunk);
    if (decoder) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    else yield isFirst && hasMark(chunk) ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

/** Returns the first bytes as text. */
export async function startOf(chunks: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes >= size) break;
  }
  const start = Buffer.concat(pieces).subarray(0, size);
  return (decoderOf(start) ?? new TextDecoder()).decode(start, { stream: true });
}

const hasMark = ([first, second, third]: Uint8Array) => first === 0xef && second === 0xbb && third === 0xbf;

function decoderOf([first, second]: Uint8Array): TextDecoder | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return new TextDecoder('utf-16le');
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return new TextDecoder('utf-16be');
  return undefined;
}
