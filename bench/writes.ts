import { createServer } from 'node:http';
import { startDatabase } from '../local/database.ts';
import { httpEvent } from '../local/event.ts';
import { close, listen } from '../local/listen.ts';

/** What DynamoDB charged since the last look. */
interface Charge {
  writes: number;
  'write units': number;
  reads: number;
  'read units': number;
}

const database = await startDatabase();
const target = database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '';
let charge: Charge = nothing();

/** Between the SDK and the database: asks with each request what it costs, and keeps the answer. */
const meter = createServer(async (request, response) => {
  const asked = JSON.parse(Buffer.concat(await request.toArray()).toString());
  const { host, connection, 'content-length': _, ...headers } = request.headers as Record<string, string>;
  const body = JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' });
  const answer = await fetch(target, { method: 'POST', headers, body });
  const text = await answer.text();
  const isRead = /\.(GetItem|Query)$/.test(headers['x-amz-target'] ?? '');
  // A condition that fails is charged like a write, but the error does not say so: one unit, for an item below 1 KB.
  const units = JSON.parse(text).ConsumedCapacity?.CapacityUnits ?? 1;
  charge[isRead ? 'reads' : 'writes'] += 1;
  charge[isRead ? 'read units' : 'write units'] += units;
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
});
const port = await listen(meter);
Object.assign(process.env, database.environment, {
  AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${port}`,
  SITES: 'blog.example.com',
});

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const epoch = Date.parse('2026-11-21T12:00:00Z');
const rows: Record<string, Charge> = {};

for (const visitors of ['on', 'off']) {
  process.env.VISITORS = visitors;
  const { handler } = await import(`../functions/track.ts?visitors=${visitors}`);
  const url = `https://blog.example.com/${visitors}`;
  const view = async (after: number, address: string, fields: object) => {
    charge = nothing();
    const body = JSON.stringify({ url, tz: 'Europe/Berlin', width: 1280, ...fields });
    const headers = { 'user-agent': userAgent };
    await handler(httpEvent({ method: 'POST', path: '/track', headers, address, body, epoch: epoch + after * 1000 }));
    return charge;
  };
  await view(0, '203.0.113.0', {}); // the day's first view makes the salt
  rows[`visitors ${visitors}: a new page`] = await view(0, '203.0.113.1', { url: `${url}/new` });
  rows[`visitors ${visitors}: a new source on a page`] = await view(0, '203.0.113.2', { utm_source: 'news' });
  rows[`visitors ${visitors}: a visit from a known source`] = await view(0, '203.0.113.3', { utm_source: 'news' });
  rows[`visitors ${visitors}: steady state, a view within a visit`] = await view(9, '203.0.113.3', { referrer: url });
  await view(10, '203.0.113.3', { event: 'x' }); // the first of its name
  rows[`visitors ${visitors}: an event`] = await view(11, '203.0.113.3', { event: 'x' });
}
console.log('POST /track, what one hit costs in DynamoDB, by ConsumedCapacity');
console.table(rows);
await close(meter);
await database.close();

function nothing(): Charge {
  return { writes: 0, 'write units': 0, reads: 0, 'read units': 0 };
}
