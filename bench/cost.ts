import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { readLimits } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { daysUpTo } from '../core/calendar/day.ts';
import { hashPassword } from '../http/password-hash.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { handlerTransport } from '../local/handlers.ts';
import { startMeter } from '../local/meter.ts';
import { history } from '../simulator/clickstream.ts';
import { emptyLedger } from '../simulator/ledger.ts';
import { demoSite } from '../simulator/read-site.ts';
import { sendHistory } from '../simulator/send.ts';
import { concurrently } from '../store/concurrently.ts';
import { deployedStack } from './deployed-stack.ts';
import { countsOfLargestRequest, type Flood, floodMonth, publicFlood } from './highest-bill.ts';
import { dollars, free, type Usage } from './prices.ts';

// Calculates the cost of a month from measured capacity units, CPU, bytes and log lines. `assumed` has the rest, and
// prices.ts the prices.

const assumed = {
  /** AWS promises single-digit milliseconds. */
  'answer of DynamoDB, ms': 5,
  /** Lambda gives a whole processor at 1,769 MB (AWS: "Configure Lambda function memory"). */
  'memory with a whole processor, MB': 1_769,
  'answer without a body, bytes sent': 300,
  'dashboard views a month': 100,
  /** Lambda polls the queue with five requests at once, each for 20 s. */
  'requests to an empty queue a month': (5 * 30 * 86_400) / 20,
};

const stack = deployedStack();
const database = await useDatabaseProcess();
const direct = new DynamoDBClient();
const meter = await startMeter(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
  SITES: 'blog.example.com',
  PUBLIC_DASHBOARD: 'true',
  HIT_TIMEOUT: '20000',
});

/** The average cost of one hit. */
interface PerHit {
  writes: number;
  'write units': number;
  'read units': number;
  'CPU, ms': number;
  'bytes logged': number;
}

const rows: Record<string, PerHit> = {};
const round = (number: number) => Number(number.toFixed(3));

/** Sends hits and returns the average cost of one. */
async function measured(name: string, send: () => Promise<number>): Promise<PerHit> {
  let logged = 0;
  const write = process.stdout.write;
  const keepLength = (line: string) => {
    logged += line.length;
    return true;
  };
  process.stdout.write = keepLength as typeof write;
  meter.charged();
  const start = process.cpuUsage();
  const hits = await send();
  const { user, system } = process.cpuUsage(start);
  process.stdout.write = write;
  const { writes, 'write units': writeUnits, 'read units': readUnits } = meter.charged();
  const perHit = {
    writes: round(writes / hits),
    'write units': round(writeUnits / hits),
    'read units': round(readUnits / hits),
    'CPU, ms': round((user + system) / 1000 / hits),
    'bytes logged': round(logged / hits),
  };
  rows[name] = perHit;
  return perHit;
}

/** Sends a day of the demo blog's readers through the real handler, with further headers. Returns the number of hits. */
async function sendDay(visitors: number, month: number, headers: Record<string, string> = {}): Promise<number> {
  const handle = await handlerTransport();
  const ledger = emptyLedger('UTC');
  const plan = { site: demoSite, origin: 'https://blog.example.com', seed: 7, visitors: true, run: 'x' };
  const period = { visitors, days: 1, until: Date.UTC(2026, month, 15, 23, 59) };
  await sendHistory(history(plan, period), {
    transport: (hit, at) => handle({ ...hit, headers: { ...hit.headers, ...headers } }, at),
    ledger,
    concurrency: 10,
    signal: new AbortController().signal,
  });
  return ledger.sent;
}

/** Returns the bytes of the table of statistics. */
async function stored(): Promise<number> {
  let bytes = 0;
  for await (const { Items = [] } of paginateScan({ client: direct }, { TableName: 'SiteStatistics' }))
    for (const item of Items)
      for (const [name, { S, N }] of Object.entries(item))
        bytes +=
          Buffer.byteLength(name) + (S === undefined ? 1 + Math.ceil((N?.length ?? 0) / 2) : Buffer.byteLength(S));
  return bytes;
}

const small = await measured('a day of 330 hits', () => sendDay(100, 0));
const middle = await measured('a day of 3,300 hits', () => sendDay(1_000, 1));
const bytesBefore = await stored();
const large = await measured('a day of 33,000 hits', () => sendDay(10_000, 2));
const bytesOfDay = (await stored()) - bytesBefore;

const unlinked = await measured('a day of 33,000 hits, visitors off', () => sendDay(10_000, 3, { 'sec-gpc': '1' }));

const { handler: dashboard } = await import('../functions/dashboard.ts');
meter.charged();
const page = await dashboard(httpEvent({ epoch: Date.UTC(2026, 2, 15, 23, 59) }));
const readUnitsOfPage = meter.charged()['read units'];
const bytesOfPage = Buffer.byteLength(page.body ?? '');

// Half of an attacker's hits make up pages, and the other half make up names on known pages. Both cost most.
const { handler: track } = await import('../functions/track.ts');
const [floodDay = ''] = daysUpTo('2026-05-01', 1);
const flood = await measured('a flood of made-up names', async () => {
  const hits = Array.from({ length: 8_000 }, (_, hit) => hit);
  await concurrently(10, hits, async (i) => {
    const body = JSON.stringify({
      url: `https://blog.example.com/${i % 2 ? i : i % 20}`,
      utm_source: `${'s'.repeat(50)}${i}`,
      referrer: `https://${'r'.repeat(40)}${i}.example/`,
    });
    const headers = { 'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 ${i}` };
    await track(httpEvent({ method: 'POST', path: '/track', headers, body, epoch: Date.parse(floodDay) }));
  });
  return hits.length;
});

// A stranger's requests to a dashboard with a password: a made-up session, which reads the keys, and wrong passwords.
process.env.PUBLIC_DASHBOARD = 'false';
process.env.DASHBOARD_PASSWORD_HASH = await hashPassword('correct horse battery staple');
const { handler: locked } = await import(`../functions/dashboard.ts?${'locked'}`);
let bytesOfSignIn = 0;
const signInPages = await measured('a page of the dashboard without a password', async () => {
  for (let i = 0; i < 300; i++) {
    const { body = '' } = await locked(httpEvent({ headers: { cookie: '__Host-footfall=made-up' } }));
    bytesOfSignIn = Buffer.byteLength(body);
  }
  return 300;
});
const wrongPasswords = await measured('a wrong password', async () => {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
  for (let i = 0; i < 20; i++)
    await locked(httpEvent({ method: 'POST', headers, body: 'password=wrong-password', ip: `198.51.100.${i}` }));
  return 20;
});

const memoryOf = (name: string) => stack.functions[name]?.memory ?? Number.NaN;

/** Returns the seconds that Lambda charges for a request to a function. */
function seconds({ writes, 'CPU, ms': cpu }: PerHit, name = 'track'): number {
  const share = Math.min(1, memoryOf(name) / assumed['memory with a whole processor, MB']);
  return (writes * assumed['answer of DynamoDB, ms'] + cpu / share) / 1000;
}

function month(hits: number, perHit: PerHit): Usage {
  const days = 30.4;
  return {
    apiRequest: hits,
    lambdaRequest: hits,
    lambdaGbSecond: (hits * seconds(perHit) * memoryOf('track')) / 1024,
    writeUnit: hits * perHit['write units'],
    readUnit: hits * perHit['read units'] + assumed['dashboard views a month'] * readUnitsOfPage,
    storedGbMonth: (bytesOfDay * days * 25) / 1e9,
    backedUpGbMonth: (bytesOfDay * days * 25) / 1e9,
    queueRequest: assumed['requests to an empty queue a month'],
    loggedGb: (hits * perHit['bytes logged']) / 1e9,
    sentGb:
      (hits * assumed['answer without a body, bytes sent'] + assumed['dashboard views a month'] * bytesOfPage) / 1e9,
  };
}

const limited = (apiRate: number, writeUnits: number): Flood => ({
  rates: { ...stack.rates, 'POST /track': apiRate },
  functions: stack.functions,
  writeUnits,
  readUnits: readSetting('MAX_READ_UNITS', {}),
  maxPagesPerDay: readLimits({}).maxPagesPerDay,
  seconds: {
    hit: seconds(flood),
    signInPage: seconds(signInPages, 'dashboard'),
    wrongPassword: seconds(wrongPasswords, 'dashboard'),
  },
  bytes: { hit: assumed['answer without a body, bytes sent'], signInPage: bytesOfSignIn },
});
const defaults = limited(readSetting('API_RATE', {}), readSetting('MAX_WRITE_UNITS', {}));

console.log('POST /track: average cost of one hit');
console.table(rows);
console.log(
  `GET /dashboard of 7 days, compared with 7 days: ${readUnitsOfPage} read units, ${bytesOfPage} bytes uncompressed`,
);
console.log('Assumptions');
console.table(assumed);
const inDollars = (usage: Usage) => ({
  'list prices': `$${dollars(usage).toFixed(2)}`,
  'after always-free quotas': `$${dollars(usage, free).toFixed(2)}`,
  'with CAPACITY=free': `$${dollars({ ...usage, writeUnit: 0, readUnit: 0 }, free).toFixed(2)}`,
  'part for API': `$${dollars(only(usage, ['apiRequest'])).toFixed(2)}`,
  'part for DynamoDB': `$${dollars(only(usage, ['writeUnit', 'readUnit'])).toFixed(2)}`,
});
console.log('Cost of a month in us-east-1, by hits');
console.table({
  '10,000': inDollars(month(1e4, small)),
  '100,000': inDollars(month(1e5, middle)),
  '1,000,000': inDollars(month(1e6, large)),
  '1,000,000, visitors off': inDollars(month(1e6, unlinked)),
  '10,000,000': inDollars(month(1e7, large)),
  'a flood all month, default rate limits': inDollars(floodMonth(defaults)),
  'API_RATE=5, MAX_WRITE_UNITS=10': inDollars(floodMonth(limited(5, 10))),
  'API_RATE=50, MAX_WRITE_UNITS=100': inDollars(floodMonth(limited(50, 100))),
});
const parts = (usage: Partial<Usage>) =>
  Object.fromEntries(Object.entries(usage).map(([part, count]) => [part, `$${dollars({ [part]: count }).toFixed(2)}`]));
console.log('The flood, by what it uses');
console.table({
  'default rate limits': parts(floodMonth(defaults)),
  'PUBLIC_DASHBOARD=true adds': parts(publicFlood(defaults)),
  'requests of 10 MB add': parts({ apiRequest: floodMonth(defaults).apiRequest * (countsOfLargestRequest - 1) }),
});
direct.destroy();
await meter.close();
database.close();

/** Returns the usage of some services, with 0 for the others. */
function only(usage: Usage, services: (keyof Usage)[]): Usage {
  const used = Object.entries(usage).map(([name, count]) => [name, services.includes(name as keyof Usage) ? count : 0]);
  return Object.fromEntries(used) as Usage;
}
