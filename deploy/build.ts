import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { buildSnippets } from '../snippet/build-snippets.ts';
import { buildChart, buildIcons, buildLiveScript, buildNames, buildStylesheet } from '../views/build-assets.ts';

const folder = new URL('../build/', import.meta.url);

/** Makes the folder build/: what the functions carry that is not written by hand. */
export async function build(): Promise<void> {
  const [snippets, stylesheet] = await Promise.all([buildSnippets(), buildStylesheet()]);
  await mkdir(folder, { recursive: true });
  await writeModule('display-names.ts', buildNames());
  const liveScript = await buildLiveScript();
  await Promise.all([
    writeModule('chart.ts', { chart: buildChart() }),
    writeModule('icons.ts', { icons: buildIcons() }),
    writeModule('live-script.ts', { liveScript, liveScriptHash: hashOf(liveScript) }),
    writeModule('snippet.ts', snippets),
    writeModule('stylesheet.ts', { stylesheet, stylesheetHash: hashOf(stylesheet) }),
  ]);
}

/** Returns the source expression by which a policy allows a text. */
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Writes whole or not at all, for others may be reading, and only what is new, for others may be watching. */
async function writeModule(name: string, constants: Record<string, unknown>): Promise<void> {
  const lines = Object.entries(constants).map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};\n`);
  const known = await readFile(new URL(name, folder), 'utf8').catch(() => '');
  if (known === lines.join('')) return;
  const draft = new URL(`${name}.${process.pid}`, folder);
  await writeFile(draft, lines.join(''));
  await rename(draft, new URL(name, folder));
}

if (import.meta.main) await build();
