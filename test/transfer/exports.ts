import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

type Content = string | Uint8Array;

/** Writes files into a temporary folder, which is removed after the test. Returns their paths. */
export async function exportOf(t: Pick<TestContext, 'after'>, files: Record<string, Content>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-export-'));
  t.after(() => rm(folder, { recursive: true }));
  const paths = Object.keys(files).map((name) => join(folder, name));
  await Promise.all(Object.values(files).map((content, i) => writeFile(paths[i] ?? '', content)));
  return paths;
}
