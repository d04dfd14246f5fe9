import { createHash } from 'node:crypto';
import { isManifest, type Manifest, parseManifest } from '../export/export-manifest.ts';
import { type Entry, UnreadableFile } from '../format.ts';

/** An export of Footfall, and the entries of its files by name. */
export interface OpenedExport {
  manifest: Manifest;
  files: Map<string, Entry>;
}

const maxManifestBytes = 64 * 1024 * 1024;

/** Returns whether files are an export of Footfall. */
export const isOwnExport = (entries: Entry[]): boolean => entries.some(({ head }) => isManifest(head));

/**
 * Returns the exports among files. The manifest of each comes after its files. Throws `UnreadableFile` if a part of an
 * export is missing, or if two exports have the same site.
 */
export async function ownExports(entries: Entry[]): Promise<OpenedExport[]> {
  const found: OpenedExport[] = [];
  let files = new Map<string, Entry>();
  for (const entry of entries) {
    if (!isManifest(entry.head)) {
      files.set(entry.name, entry);
      continue;
    }
    const manifest = parseManifest(await textOf(entry));
    if (typeof manifest !== 'object') throw new UnreadableFile(manifest ?? `${entry.name} is cut: download it again.`);
    found.push({ manifest, files });
    files = new Map();
  }
  const [other] = files.keys();
  if (other !== undefined)
    throw new UnreadableFile(`${other} is not from a complete export of Footfall. Import the zip as you exported it.`);
  checkParts(found.map(({ manifest }) => manifest));
  return found;
}

function checkParts(manifests: Manifest[]): void {
  const sitesOf = ({ sites }: Manifest) => sites.map(({ site }) => site);
  const rangeOf = (each: Manifest) =>
    JSON.stringify([each.first, each.last, each.part?.of, each.settings, sitesOf(each)]);
  const seen = new Set<string>();
  for (const parts of Map.groupBy(manifests, rangeOf).values()) {
    const [{ part, sites, first, last } = manifests[0] as Manifest] = parts;
    for (let number = 1; number <= (part?.of ?? 1); number++) {
      const times = parts.filter((each) => (each.part?.number ?? 1) === number).length;
      const name = `Part ${number} of ${part?.of ?? 1} of the export from ${first} to ${last}`;
      if (times === 0) throw new UnreadableFile(`${name} is missing. Import all parts with one command.`);
      if (times > 1) throw new UnreadableFile(`${name} is there twice. Name each file once.`);
    }
    for (const { site } of sites) {
      if (seen.has(site)) throw new UnreadableFile(`Two exports are of ${site || 'all sites'}. Import one at a time.`);
      seen.add(site);
    }
  }
}

async function textOf(entry: Entry): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of entry.chunks()) {
    bytes += chunk.length;
    if (bytes > maxManifestBytes) throw new UnreadableFile(`${entry.name} is too long for a list of files.`);
    chunks.push(chunk);
  }
  return String(Buffer.concat(chunks));
}

/** Returns an entry that throws `UnreadableFile` at its end if it is not what the manifest says. */
export function checkedEntry(entry: Entry, sha256: string): Entry {
  return {
    ...entry,
    async *chunks() {
      const hash = createHash('sha256');
      for await (const chunk of entry.chunks()) {
        hash.update(chunk);
        yield chunk;
      }
      if (hash.digest('hex') !== sha256)
        throw new UnreadableFile(
          `${entry.name} was changed or cut since the export. Import the zip as you exported it.`,
        );
    },
  };
}
