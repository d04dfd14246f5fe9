import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of a lake, by their names below its folder. Each write is whole or not there. */
export interface LakeFiles {
  folder: string;
  write(name: string, text: string): Promise<void>;
  /** Moves a file of this machine into the lake. */
  move(path: string, name: string): Promise<void>;
  remove(names: string[]): Promise<void>;
}

/** Returns the files of a lake in a folder. */
export function filesIn(folder: string): LakeFiles {
  const pathOf = (name: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    return join(folder, name);
  };
  return {
    folder,
    async write(name, text) {
      const path = pathOf(name);
      writeFileSync(`${path}.part`, text);
      renameSync(`${path}.part`, path);
    },
    async move(path, name) {
      renameSync(path, pathOf(name));
    },
    async remove(names) {
      for (const name of names) rmSync(join(folder, name), { force: true });
    },
  };
}
