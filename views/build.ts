import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';

const folder = new URL('.', import.meta.url).pathname;

/** Bulma and style.css, cut to what the components use, minified. */
export async function buildStylesheet(): Promise<string> {
  const bulma = await readFile(new URL('../node_modules/bulma/css/bulma.css', import.meta.url), 'utf8');
  const own = await readFile(`${folder}style.css`, 'utf8');
  const [purged] = await new PurgeCSS().purge({
    content: [`${folder}*.tsx`],
    css: [{ raw: bulma + own }],
    safelist: [/^(mark|role)-/], // classes that vega gives
    variables: true,
  });
  const { code } = await transform(purged?.css ?? '', { loader: 'css', minify: true, legalComments: 'none' });
  return code.trim();
}
