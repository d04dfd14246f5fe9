import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { parse } from 'vega';
import { compile } from 'vega-lite';
import { appIcon } from './app-icon.ts';
import { barWidthRules } from './bar-width.ts';
import { chartSpec } from './chart-spec.ts';
import { iconSizes } from './manifest.ts';

/** Compiles the chart to JSON for vega. */
export const buildChart = () => JSON.stringify(parse(compile(chartSpec).spec, undefined, { ast: true }));

/** Draws the icons of home screens. Returns each size with its PNG in base64. */
export const buildIcons = () => Object.fromEntries(iconSizes.map((size) => [size, appIcon(size).toString('base64')]));

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
const codes = alphabet.flatMap((first) => alphabet.map((second) => first + second));

/** Returns the English names of countries and languages by their codes of two letters. */
export function buildNames() {
  const namesOf = (type: 'region' | 'language', known: string[]) => {
    const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
    const named = known.map((code) => [code, names.of(code)] as const);
    return Object.fromEntries(named.filter(([, name]) => name !== undefined));
  };
  return {
    countries: namesOf(
      'region',
      codes.map((code) => code.toUpperCase()),
    ),
    languages: namesOf('language', codes),
  };
}

/** The style sheets after Bulma's, in their order. */
const sheets = ['theme', 'layout', 'header', 'chart', 'tables', 'panels', 'forms', 'live', 'phone', 'print'];

// Only screens are dark. Paper stays light.
const dark = '@media screen and (prefers-color-scheme: dark)';

/** Returns Bulma and the style sheets, minified, without the rules that no component uses. */
export async function buildStylesheet(): Promise<string> {
  const folder = import.meta.dirname;
  const components = (await readdir(folder)).filter((name) => name.endsWith('.tsx'));
  const content = await Promise.all(
    components.map(async (name) => ({ raw: await readFile(join(folder, name), 'utf8'), extension: 'tsx' })),
  );
  const bulma = await readFile(join(folder, '../node_modules/bulma/css/bulma.css'), 'utf8');
  const own = await Promise.all(sheets.map((name) => readFile(join(folder, `styles/${name}.css`), 'utf8')));
  const [purged] = await new PurgeCSS().purge({
    content,
    css: [{ raw: [bulma, ...own, barWidthRules()].join('').replaceAll('@media (prefers-color-scheme: dark)', dark) }],
    safelist: [/^(mark|role)-|_marks$/, /^w\d+$/], // vega's classes, and those of bar-width.ts
    variables: true,
  });
  const { code } = await transform(purged?.css ?? '', { loader: 'css', minify: true, legalComments: 'none' });
  return code.trim();
}

/** Returns the browser code of the live page, minified. It cannot end its script element. */
export async function buildLiveScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'live-browser.tsx')],
    bundle: true,
    minify: true,
    target: 'es2023',
    charset: 'utf8',
    format: 'esm', // runs when the whole page is there
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  });
  return (outputFiles[0]?.text ?? '').trim().replaceAll(/<\/(?=script)/gi, '<\\/');
}
