import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { parse } from 'vega';
import { compile } from 'vega-lite';
import { chartSpec } from './chart-spec.ts';

/** The chart as vega runs it, in JSON. */
export const buildChart = () => JSON.stringify(parse(compile(chartSpec).spec, undefined, { ast: true }));

// Paper is light, whatever the screen is.
const dark = '@media screen and (prefers-color-scheme: dark)';

/** Bulma and style.css, cut to what the components use, minified. */
export async function buildStylesheet(): Promise<string> {
  const folder = import.meta.dirname;
  const components = (await readdir(folder)).filter((name) => name.endsWith('.tsx'));
  const content = await Promise.all(
    components.map(async (name) => ({ raw: await readFile(join(folder, name), 'utf8'), extension: 'tsx' })),
  );
  const bulma = await readFile(join(folder, '../node_modules/bulma/css/bulma.css'), 'utf8');
  const own = await readFile(join(folder, 'style.css'), 'utf8');
  const [purged] = await new PurgeCSS().purge({
    content,
    css: [{ raw: (bulma + own).replaceAll('@media (prefers-color-scheme: dark)', dark) }],
    safelist: [/^(mark|role)-|_marks$/], // classes that vega gives
    variables: true,
  });
  const { code } = await transform(purged?.css ?? '', { loader: 'css', minify: true, legalComments: 'none' });
  return code.trim();
}
