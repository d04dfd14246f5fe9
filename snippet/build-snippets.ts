import { join } from 'node:path';
import { build } from 'esbuild';

/** The browser code, minified; ENDPOINT stands where the endpoint's address goes. */
export async function buildSnippets(): Promise<{ snippet: string; eventsSnippet: string }> {
  const [snippet, eventsSnippet] = await Promise.all(['snippet.ts', 'events.ts'].map(minified));
  return { snippet: snippet ?? '', eventsSnippet: eventsSnippet ?? '' };
}

async function minified(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, file)],
    bundle: true,
    minify: true,
    target: 'es2020',
    charset: 'utf8',
    format: 'esm',
    write: false,
  });
  // Shorter, and the same to the browser: what is compared is of one type, and the DOM takes 1 for true.
  return (outputFiles[0]?.text ?? '')
    .trim()
    .replace(/([!=]=)=/g, '$1')
    .replaceAll('!0', '1');
}
