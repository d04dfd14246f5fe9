import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A month file, and the event files that it replaces. It is a file itself until all of these are gone. */
export interface Replacement {
  part: string;
  files: string[];
}

export const monthFolder = (month: string) => `months/month=${month}`;

/** Athena takes no file that begins with an underscore for data. */
export const replacementName = (month: string) => `${monthFolder(month)}/_replaced.json`;

/** Returns the replacement of a month that was begun and not ended. */
export function replacementIn(folder: string, month: string): Replacement | undefined {
  const file = join(folder, replacementName(month));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Returns the event files that month files in a folder hold already, because their compaction was cut. */
export const replacedFiles = (folder: string): string[] =>
  globSync(replacementName('*'), { cwd: folder }).flatMap((name) => {
    const { part, files }: Replacement = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return existsSync(join(folder, part)) ? files.filter((file) => existsSync(join(folder, file))) : [];
  });
