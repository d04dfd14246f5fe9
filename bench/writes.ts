import { startDatabase } from '../local/database.ts';
import { httpEvent } from '../local/event.ts';
import { type Charge, startMeter } from '../local/meter.ts';

const database = await startDatabase();
const meter = await startMeter(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '');
Object.assign(process.env, database.environment, {
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
  SITES: 'blog.example.com',
  HIT_TIMEOUT: '20000', // so that a slow machine does not change the numbers
});

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const epoch = Date.parse('2026-11-21T12:00:00Z');
const rows: Record<string, Charge> = {};

for (const visitors of ['on', 'off']) {
  process.env.VISITORS = visitors;
  const { handler } = await import(`../functions/track.ts?visitors=${visitors}`);
  const url = `https://blog.example.com/${visitors}`;
  const view = async (after: number, ip: string, fields: object) => {
    meter.charged();
    const body = JSON.stringify({ url, tz: 'Europe/Berlin', width: 1280, ...fields });
    const headers = { 'user-agent': userAgent };
    await handler(httpEvent({ method: 'POST', path: '/track', headers, ip, body, epoch: epoch + after * 1000 }));
    return meter.charged();
  };
  await view(0, '203.0.113.0', {}); // the day's first view creates the salt
  rows[`visitors ${visitors}: a new page`] = await view(0, '203.0.113.1', { url: `${url}/new` });
  rows[`visitors ${visitors}: a new source on a page`] = await view(0, '203.0.113.2', { utm_source: 'news' });
  rows[`visitors ${visitors}: a new visit from a known source`] = await view(0, '203.0.113.3', { utm_source: 'news' });
  await view(8, '203.0.113.2', { referrer: url }); // the first second view of a visit from this source
  rows[`visitors ${visitors}: a further view of a visit`] = await view(9, '203.0.113.3', { referrer: url });
  await view(10, '203.0.113.3', { event: 'x' }); // the first event of its name
  rows[`visitors ${visitors}: an event`] = await view(11, '203.0.113.3', { event: 'x' });
}
console.log('POST /track: cost of one hit in DynamoDB, by ConsumedCapacity');
console.table(rows);
await meter.close();
await database.close();
