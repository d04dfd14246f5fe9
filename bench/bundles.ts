import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { unzipSync } from 'fflate';

const root = join(import.meta.dirname, '..');

/** Runs `measure` with the paths of the packaged bundles, by function, and of bench/bare.ts built the same way: `bare`. */
export async function withBundles(measure: (bundles: Record<string, string>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
  try {
    const sls = join(root, 'node_modules/.bin/sls');
    const env = { ...process.env, SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' };
    execFileSync(sls, ['package', '--package', folder], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const { service } = JSON.parse(readFileSync(join(folder, 'serverless-state.json'), 'utf8'));
    const { bundle, minify, platform, target, format, mainFields } = service.custom.esbuild;
    const same = { bundle, minify, platform, target, format, mainFields };
    const bare = join(folder, 'bare.mjs');
    buildSync({ ...same, entryPoints: [join(root, 'bench/bare.ts')], outfile: bare });
    const packaged = Object.keys(service.functions).map((name) => [name, unpack(name)]);
    await measure({ bare, ...Object.fromEntries(packaged) });
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

/** The middle one of some numbers. */
export const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
