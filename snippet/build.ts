import { join } from 'node:path';
import { build } from 'esbuild';

/** The browser code, minified; ENDPOINT stands where the endpoint's address goes. */
export async function buildSnippet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'snippet.ts')],
    bundle: true,
    minify: true,
    target: 'es2020',
    charset: 'utf8',
    format: 'esm',
    write: false,
  });
  return (outputFiles[0]?.text ?? '').trim();
}
