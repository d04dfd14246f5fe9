import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Asked, type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { startFirehose } from '../../local/firehose.ts';
import { startAthena } from '../../local/lake-athena.ts';
import { linesLogged, startFunctions } from './footfall.ts';

const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
const firehose = await startFirehose(folder);

const athena = await startAthena(folder);
let fault: Fault | undefined;
let asked: Asked[] = [];
const toAthena = await faultProxy(athena.environment.ATHENA_URL, (each) => {
  asked.push(each);
  return fault;
});
after(async () => {
  await Promise.all([toAthena.close(), athena.close(), firehose.close()]);
  await rm(folder, { recursive: true });
});

const { track } = await startFunctions({
  ...firehose.environment,
  ...athena.environment,
  LAKE: 'on',
  SITES: 'blog.example.com',
  TIME_ZONE: 'Europe/Berlin',
  DETAIL_DAYS: '45',
  ATHENA_URL: toAthena.url,
});
const { handler } = await import('../../functions/lake-check.ts');
const check = (parts: { from?: string } = {}) => handler({ time: '2026-11-25T05:30:00Z', ...parts });

const hit = (fields: object = {}) => JSON.stringify({ url: 'https://blog.example.com/', ...fields });
const sendDay = async (day: string, views: number) => {
  const epoch = Date.parse(`${day}T11:00:00Z`);
  for (let i = 0; i < views; i++) await track({ body: hit(), epoch });
  await track({ body: hit({ event: 'Signup' }), epoch });
  await track({ body: hit({ bot: true }), epoch });
  await firehose.flush();
};
const sums = (views: number, events = 1) => ({ views, events });

test('closed days are compared with the lake in one question, and what is missing is logged as a failure', async (t) => {
  const lines = linesLogged(t);
  for (const [day, views] of [
    ['2026-11-21', 3],
    ['2026-11-22', 4],
    ['2026-11-23', 9],
    ['2026-11-24', 2],
    ['2026-11-25', 1],
  ] as const)
    await sendDay(day, views);
  const all = await check();
  assert.deepEqual(
    all.map(({ day, counted, kept, fails }) => [day, counted, kept, fails]),
    [
      ['2026-11-22', sums(4), sums(4), false],
      ['2026-11-23', sums(9), sums(9), false],
      ['2026-11-24', sums(2), sums(2), false],
    ],
  );
  assert.deepEqual(
    lines.filter(({ failed }) => failed),
    [],
  );
  const [start, ...later] = asked.splice(0);
  assert.equal(start?.operation, 'StartQueryExecution');
  assert.match(JSON.stringify(start?.body), /"MaxAgeInMinutes":0/, 'an earlier answer would hide what came since');
  assert.ok(later.every(({ operation }) => operation !== 'StartQueryExecution'));

  const [since] = await check({ from: '2026-11-22' });
  assert.equal(since?.day, '2026-11-22', 'the lake was on before');

  const lost = join(folder, 'events/day=2026-11-23');
  assert.equal((await readdir(lost)).length, 1);
  await rm(lost, { recursive: true });
  const missing = (await check()).filter(({ fails }) => fails);
  const day = { day: '2026-11-23', counted: sums(9), kept: sums(0, 0), missing: 10 };
  assert.deepEqual(missing, [{ ...day, fails: true }]);
  assert.deepEqual(
    lines.filter(({ failed }) => failed),
    [{ failed: 'lake', ...day }],
  );
});

test('a caller may ask for all days since another, as far as their rows go', async () => {
  const first = async (from: string) => {
    asked = [];
    await check({ from });
    const sql = String(asked[0]?.body.QueryString);
    return /date between '([\d-]+)'/.exec(sql)?.[1];
  };
  // The day before says whether the lake was on for all of the first one.
  assert.equal(await first('2026-11-01'), '2026-10-31');
  assert.equal(await first('2020-01-01'), '2026-10-12');
  assert.equal(await first("'; drop"), '2026-11-17');
});

test('a question that fails is an error of the function, which has an alarm', async (t) => {
  linesLogged(t);
  fault = 'throttle';
  await assert.rejects(check(), /^Error: Athena gave no answer: failed\.$/);
});
