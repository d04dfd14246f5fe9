import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dayAt } from '../../core/calendar/day.ts';
import { startDatabase } from '../../local/database.ts';
import { httpEvent } from '../../local/event.ts';
import { type Asked, type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { firefox, linesLogged } from './footfall.ts';

let faultOf = (): Fault | undefined => undefined;
const asked: string[] = [];
const database = await startDatabase();
after(() => database.close());
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', (request) => {
  asked.push(request.operation + keyOf(request));
  return faultOf();
});
after(() => proxy.close());
Object.assign(process.env, database.environment, {
  AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
  SITES: 'blog.example.com',
  TIME_ZONE: 'Europe/Berlin',
  VISITORS: 'on',
  OVERFLOW_QUEUE_URL: '',
  HIT_TIMEOUT: '3000', // this machine may be slow
});

const keyOf = ({ body }: Asked) => ` ${(body.Key.visitor ?? body.Key.url).S}`.replace(/(\/\d{4}-\d\d-\d\d).*/, '$1');

let loads = 0;
/** Loads the function anew, as a cold start does. */
const coldStart = async () => (await import(`../../functions/track.ts?cold=${loads++}`)).handler;

const now = Date.now();
const body = JSON.stringify({ url: 'https://blog.example.com/' });
const hit = () => httpEvent({ method: 'POST', path: '/track', headers: { 'user-agent': firefox }, body, epoch: now });
const salt = `UpdateItem salt/${dayAt(now, 'Europe/Berlin')}`;

test('a function has the salt of the day before its first hit, which then asks for no other', async () => {
  const handler = await coldStart();
  assert.deepEqual(asked.splice(0), [salt]);
  assert.equal((await handler(hit())).statusCode, 204);
  assert.ok(asked.length > 0 && !asked.includes(salt), asked.splice(0).join());
});

for (const fault of ['fail before', 'reset before', 'stall before', 'throttle'] as const)
  test(`a function loads, and its first hit asks again, if the table answers with "${fault}"`, async (t) => {
    const lines = linesLogged(t);
    asked.splice(0);
    faultOf = () => fault;
    const handler = await coldStart();
    const whileLoading = asked.splice(0);
    assert.ok(whileLoading.length >= 1 && whileLoading.length <= 2, whileLoading.join());
    faultOf = () => undefined;
    assert.equal((await handler(hit())).statusCode, 204);
    assert.equal(asked[0], salt);
    assert.deepEqual(lines, []);
  });

test('a function without visitors asks for nothing while it loads', async () => {
  asked.splice(0);
  process.env.VISITORS = 'off';
  await coldStart();
  assert.deepEqual(asked, []);
});
