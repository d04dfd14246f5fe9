import { strToU8, Zip, ZipDeflate } from 'fflate';

/** The time of every file of an export, so that the same data are the same bytes. It is the earliest that a zip can tell. */
const noTime = () => new Date(1980, 0, 1);

/** Writes a zip of texts, one file after the other. Passes its bytes to `onBytes` as they come. */
export function zipWriter(onBytes: (bytes: Uint8Array) => void) {
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    onBytes(bytes);
  });

  return {
    /** Begins a file. Write its text, then end it. */
    file(name: string) {
      const file = new ZipDeflate(name, { level: 6 });
      file.mtime = noTime();
      zip.add(file);
      return {
        write: (text: string) => file.push(strToU8(text)),
        end: () => file.push(new Uint8Array(), true),
      };
    },
    end: () => zip.end(),
  };
}

export type ZipWriter = ReturnType<typeof zipWriter>;
