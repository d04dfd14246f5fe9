import { build } from 'esbuild';

/** The browser code, minified; ENDPOINT stands where the endpoint's address goes. */
export async function buildSnippet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('snippet.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    target: 'es2020',
    charset: 'utf8',
    format: 'esm',
    write: false,
  });
  return (outputFiles[0]?.text ?? '').trim();
}
