import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { checkCommand } from '../../lake/check.ts';
import { startFirehose } from '../../local/firehose.ts';
import { folderOf, lakeFolder, root } from '../../local/folder.ts';
import { close, freePorts, listen } from '../../local/listen.ts';
import { noteRunning } from '../../local/running.ts';
import { startFunctions } from '../functions/footfall.ts';

const port = await freePorts(2);
const firehose = await startFirehose(lakeFolder(port));
after(async () => {
  await firehose.close();
  await rm(join(root, folderOf(port)), { recursive: true, force: true });
});
const settings = { SITES: 'blog.example.com', TIME_ZONE: 'UTC', LAKE: 'on', ATHENA_URL: 'http://localhost:1' };
const { track } = await startFunctions({ ...firehose.environment, ...settings, DETAIL_DAYS: '45', LIVE: 'off' });
await noteRunning(port, { ...settings, DETAIL_DAYS: '45' });
const now = Date.parse('2026-11-22T12:00:00Z');

/** Runs the command, and returns what it prints and its exit code. */
async function run(t: TestContext, args: string[]) {
  const printed: string[] = [];
  const log = t.mock.method(console, 'log', (text: string) => printed.push(text));
  process.exitCode = 0;
  await checkCommand(args, now);
  log.mock.restore();
  const code = process.exitCode;
  process.exitCode = 0;
  return { text: printed.join('\n'), code };
}

const sendViews = async (day: string, count: number) => {
  const body = JSON.stringify({ url: 'https://blog.example.com/' });
  for (let i = 0; i < count; i++) await track({ body, epoch: Date.parse(`${day}T09:00:00Z`) });
  await firehose.flush();
};

test('a day without hits is fine, and a lake without a closed day says so', async (t) => {
  const { text, code } = await run(t, ['--port', String(port)]);
  assert.match(text, /^2026-10-10 +0 +0 +0 +0 +0 +fine$/m);
  assert.equal(code, 0);
  await sendViews('2026-11-21', 1);
  assert.match((await run(t, ['--port', String(port)])).text, /^The lake has no closed day to check yet\./);
});

test('each closed day is listed, and missing records are an exit code of 1', async (t) => {
  await sendViews('2026-11-19', 2);
  await sendViews('2026-11-20', 9);
  const { text, code } = await run(t, ['--port', String(port)]);
  assert.match(text, /^2026-11-20 +9 +9 +0 +0 +0 +fine$/m);
  assert.match(text, /^2026-11-21 +1 +1 +0 +0 +0 +fine$/m);
  assert.equal(code, 0);
  await rm(join(lakeFolder(port), 'events/day=2026-11-20'), { recursive: true });
  const later = await run(t, ['--port', String(port)]);
  assert.match(later.text, /^2026-11-20 +9 +0 +0 +0 +9 +wrong$/m);
  assert.equal(later.code, 1);
});

test('on AWS, the function of the stage answers, and its failure is told', async (t) => {
  const asked: string[] = [];
  let error = false;
  const lambda = createServer(async (request, response) => {
    asked.push(`${request.url} ${Buffer.concat(await request.toArray())}`);
    if (error) response.setHeader('x-amz-function-error', 'Unhandled');
    const sums = { views: 3, events: 1 };
    const day = { day: '2026-11-20', counted: sums, kept: sums, missing: 0, fails: false };
    response.end(error ? '{"errorMessage":"Athena gave no answer: late."}' : JSON.stringify([day]));
  });
  process.env.AWS_ENDPOINT_URL_LAMBDA = `http://localhost:${await listen(lambda)}`;
  t.after(() => close(lambda));
  const { text } = await run(t, ['--aws', '--stage', 'dev', '--from', '2026-11-20']);
  assert.match(text, /^2026-11-20 +3 +3 +1 +1 +0 +fine$/m);
  assert.deepEqual(asked, ['/2015-03-31/functions/footfall-dev-lakeCheck/invocations {"from":"2026-11-20"}']);
  error = true;
  await assert.rejects(run(t, ['--aws']), /^Error: footfall-prod-lakeCheck failed: .*Athena gave no answer: late\./);
});

test('an npm start without a lake is told', async (t) => {
  const other = await freePorts(2);
  await noteRunning(other, { ...settings, LAKE: 'off' });
  t.after(() => rm(join(root, folderOf(other)), { recursive: true, force: true }));
  await assert.rejects(
    run(t, ['--port', String(other)]),
    /^Error: The npm start on port \d+ has no lake\. Start it again/,
  );
});

test('an npm start that does not run is told', async (t) => {
  await assert.rejects(run(t, ['--port', '1']), /^Error: No npm start runs on port 1\. Start it with LAKE=on/);
});
