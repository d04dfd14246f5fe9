import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { folderOf, root } from '../../local/folder.ts';
import { freePorts } from '../../local/listen.ts';
import { firefox } from '../functions/footfall.ts';
import { zoneAtNoon } from '../noon.ts';

const port = await freePorts(2);
const folder = join(root, folderOf(port));
after(() => rm(folder, { recursive: true, force: true }));

/** Runs what npm start runs, with sites of the owner's own. */
function start(SITES: string) {
  const settings = {
    PORT: String(port),
    SITES,
    TIME_ZONE: zoneAtNoon(),
    PUBLIC_DASHBOARD: 'true',
    HIT_TIMEOUT: '4500',
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.ts'], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  after(() => child.kill());
  return child;
}

test('npm start says in a sentence that a site of yours is no host', async () => {
  const said = await start('my site').stderr.toArray();
  assert.match(said.join(''), /^SITES is "my site": it takes hosts as in the address bar/);
});

test('npm start counts a site of yours besides its demo blog', async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'history-done'), ''); // the history takes minutes, and is not needed
  const child = start('localhost:4321');
  let output = '';
  while (!output.includes('Ctrl-C')) output += String((await once(child.stdout, 'data'))[0]);
  assert.match(
    output,
    new RegExp(`^ {2}Your sites {4}localhost:4321, with the snippet from http://localhost:${port}/install$`, 'm'),
  );

  const api = `http://localhost:${port}`;
  const sites = [`localhost:${port + 1}`, 'localhost:4321'];
  for (const site of sites) {
    const hit = await fetch(`${api}/track`, {
      method: 'POST',
      headers: { origin: `http://${site}`, 'user-agent': firefox },
      body: JSON.stringify({ url: `http://${site}/hello` }),
    });
    assert.equal(hit.status, 204);
  }
  const views = async (query = '') =>
    ((await (await fetch(`${api}/stats.json${query}`)).json()) as { totals: { views: number } }).totals.views;
  assert.deepEqual(await Promise.all([views(), ...sites.map((site) => views(`?site=${site}`))]), [2, 1, 1]);
  const dashboard = await (await fetch(`${api}/dashboard`)).text();
  for (const site of sites) assert.match(dashboard, new RegExp(`href="[^"]*site=${encodeURIComponent(site)}`));

  const simulate = ['--import', 'tsx', 'local/simulate.ts', '--target', api, '--rate', '10', '--for', '2s', '--verify'];
  const { stdout } = await promisify(execFile)(process.execPath, simulate, { cwd: root });
  assert.match(stdout, /^verified {2}all \d+ counters agree$/m);

  const exited = once(child, 'exit');
  child.kill('SIGINT');
  await exited;
});
