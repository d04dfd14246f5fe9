import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { unzipSync } from 'fflate';

const root = join(import.meta.dirname, '..');

/** Runs `measure` with the paths of the packaged track bundle, and of bench/bare.ts built the same way. */
export async function withBundles(measure: (bundles: Record<'track' | 'bare', string>) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
  try {
    const sls = join(root, 'node_modules/.bin/sls');
    const env = { ...process.env, SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' };
    execFileSync(sls, ['package', '--package', folder], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const bundles = { track: unpack('track'), bare: join(folder, 'bare.mjs') };
    const { bundle, minify, platform, target, format, mainFields } = options();
    const same = { bundle, minify, platform, target, format, mainFields };
    buildSync({ ...same, entryPoints: [join(root, 'bench/bare.ts')], outfile: bundles.bare });
    await measure(bundles);
  } finally {
    rmSync(folder, { recursive: true });
  }

  function unpack(name: string): string {
    const [content] = Object.values(unzipSync(readFileSync(join(folder, `${name}.zip`))));
    mkdirSync(join(folder, name));
    const path = join(folder, name, `${name}.mjs`);
    writeFileSync(path, content ?? '');
    return path;
  }

  /** How serverless.yml has functions bundled. */
  function options() {
    return JSON.parse(readFileSync(join(folder, 'serverless-state.json'), 'utf8')).service.custom.esbuild;
  }
}

/** The middle one of some numbers. */
export const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
