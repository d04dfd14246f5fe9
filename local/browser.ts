import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { root } from './folder.ts';

const installed = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path && existsSync(path));

/** Starts Chromium: CHROME_PATH, an installed one, or the one inside the npm package @sparticuz/chromium (Linux). */
export async function launchBrowser(): Promise<Browser> {
  const folder = installed ? undefined : await unpackedChromium();
  // A process of Chromium that is ended leaves files behind.
  const temporary = await mkdtemp(join(tmpdir(), 'footfall-chromium-'));
  const env = { ...process.env, TMPDIR: temporary };
  const browser = await chromium.launch({
    executablePath: installed ?? join(folder ?? '', 'chromium'),
    // As in a person's browser: with a back/forward cache, and navigator.webdriver false.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: ['--no-sandbox', '--disable-blink-features=AutomationControlled'],
    env: folder ? { ...env, LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') } : env,
  });
  browser.once('disconnected', () => rm(temporary, { recursive: true, maxRetries: 10 }));
  return browser;
}

/** Unpacks Chromium once per version into `.local/`. A rename at the end allows several processes at once. */
async function unpackedChromium(): Promise<string> {
  const { version } = createRequire(import.meta.url)('../node_modules/@sparticuz/chromium/package.json');
  const folder = join(root, '.local', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const unpack = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
  // The package unpacks into TMPDIR, and its libraries only if it finds itself on Lambda.
  const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  await promisify(execFile)(process.execPath, ['-e', unpack], { cwd: import.meta.dirname, env });
  const fonts = `<fontconfig><dir>/usr/share/fonts</dir><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;
  await writeFile(join(draft, 'fonts/fonts.conf'), fonts);
  await rename(draft, folder).catch(() => readdir(folder)); // another process was faster
  return folder;
}
