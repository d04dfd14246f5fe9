import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { packageInto } from './deployed-stack.ts';

const root = join(import.meta.dirname, '..');

/**
 * Runs `measure` with the paths of the packaged bundles, by function. `bare` is bench/bare.ts, built in the same way, and
 * `plain` is the same without deploy/bundling.mjs.
 */
export async function withBundles(measure: (bundles: Record<string, string>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
  try {
    packageInto(folder);
    const { service } = JSON.parse(readFileSync(join(folder, 'serverless-state.json'), 'utf8'));
    const { bundle, minify, platform, target, format, mainFields, plugins } = service.custom.esbuild;
    const same = { bundle, minify, platform, target, format, mainFields, entryPoints: [join(root, 'bench/bare.ts')] };
    const [bare, plain] = [join(folder, 'bare.mjs'), join(folder, 'plain.mjs')];
    await build({ ...same, outfile: plain });
    await build({ ...same, outfile: bare, plugins: (await import(join(root, plugins))).default });
    const packaged = Object.keys(service.functions).map((name) => [name, unpack(name)]);
    await measure({ bare, plain, ...Object.fromEntries(packaged) });
  } finally {
    rmSync(folder, { recursive: true });
  }

  function unpack(name: string): string {
    const [content] = Object.values(unzipSync(readFileSync(join(folder, `${name}.zip`))));
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, content ?? '');
    return path;
  }
}

export const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
