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

const keyOf = ({ body }: Asked) =>
  ` ${(body.Key.visitor ?? body.Key.url ?? body.Key.part).S}`.replace(/(\/\d{4}-\d\d-\d\d).*/, '$1');

let loads = 0;
/** Loads the function anew, as a cold start does. */
const coldStart = async () => (await import(`../../functions/track.ts?cold=${loads++}`)).handler;

const now = Date.now();
const body = JSON.stringify({ url: 'https://blog.example.com/' });
const hit = () => httpEvent({ method: 'POST', path: '/track', headers: { 'user-agent': firefox }, body, epoch: now });
const salt = `UpdateItem salt/${dayAt(now, 'Europe/Berlin')}`;

const watch = 'GetItem watch';

test('a function knows the salt of the day, and who watches, before its first hit, which then asks for neither', async () => {
  const handler = await coldStart();
  assert.deepEqual(asked.splice(0).sort(), [watch, salt]);
  assert.equal((await handler(hit())).statusCode, 204);
  assert.ok(asked.length > 0 && !asked.includes(salt) && !asked.includes(watch), asked.splice(0).join());
});

for (const fault of ['fail before', 'reset before', 'stall before', 'throttle'] as const)
  test(`a function loads, and its first hit asks again, if the table answers with "${fault}"`, async (t) => {
    const lines = linesLogged(t);
    asked.splice(0);
    faultOf = () => fault;
    const handler = await coldStart();
    const whileLoading = asked.splice(0).filter((request) => request !== watch);
    assert.ok(whileLoading.length >= 1 && whileLoading.length <= 2, whileLoading.join());
    faultOf = () => undefined;
    assert.equal((await handler(hit())).statusCode, 204);
    assert.equal(asked[0], salt);
    assert.deepEqual(
      lines.filter(({ failed }) => failed !== 'live view'),
      [],
    );
  });

test('a function without visitors and without a live view asks for nothing while it loads', async () => {
  asked.splice(0);
  Object.assign(process.env, { VISITORS: 'off', LIVE: 'off' });
  await coldStart();
  assert.deepEqual(asked, []);
});
