import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dayAt } from '../core/calendar/day.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { listen } from '../local/listen.ts';
import { median } from './bundles.ts';

// Measures how often the first hit of a cold process keeps its visitor record, by the latency of the database. The
// arguments are bundles of track to compare. CPU_CGROUP names a cgroup that holds back the processor after loading, as
// Lambda does: with a quota of 29% for 512 MB. The connection is encrypted, which takes most of a cold start's CPU.
const rounds = 20;
const latencies = [5, 100, 150, 200, 250, 300];
const bundles = process.argv.slice(2);

const program = `
  import { writeFileSync } from 'node:fs';
  const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
  const start = [performance.now(), cpu()];
  const { handler } = await import(process.argv[1]);
  const loaded = [performance.now(), cpu()];
  if (process.env.CPU_CGROUP) writeFileSync(process.env.CPU_CGROUP + '/cgroup.procs', String(process.pid));
  await handler(JSON.parse(process.argv[2]));
  const answered = [performance.now(), cpu()];
  console.log(JSON.stringify([loaded[0] - start[0], loaded[1] - start[1], answered[0] - loaded[0], answered[1] - loaded[1]]));
  process.exit();`;

const folder = mkdtempSync(join(tmpdir(), 'footfall-first-hit-'));
const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost'.split(' ');
const host = ['-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:TRUE'];
execFileSync('openssl', [...request, ...host, '-keyout', key, '-out', cert], { stdio: 'ignore' });

const database = await useDatabaseProcess();
const target = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
let latency = 0;
const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (asked, response) => {
  const body = Buffer.concat(await asked.toArray());
  const { host: _, connection, 'content-length': __, ...headers } = asked.headers as Record<string, string>;
  const [answer] = await Promise.all([fetch(target, { method: 'POST', headers, body }), sleep(latency)]);
  const text = await answer.text();
  if (!response.destroyed)
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
});
const endpoint = `https://localhost:${await listen(server)}`;
const direct = new DynamoDBClient({ endpoint: target });

const env = {
  ...process.env,
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  NODE_EXTRA_CA_CERTS: cert,
  SITES: 'blog.example.com',
};
let visitors = 0;

/** Sends a first hit. Returns its times in ms, and whether the hit kept its visitor record. */
async function firstHit(bundle: string): Promise<{ times: number[]; isKept: boolean }> {
  const url = `https://blog.example.com/${++visitors}`;
  const headers = { 'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0` };
  const event = httpEvent({ method: 'POST', path: '/track', headers, body: JSON.stringify({ url }) });
  const args = ['--input-type=module', '-e', program, bundle, JSON.stringify(event)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const day = dayAt(event.requestContext.timeEpoch, 'UTC');
  const get = new GetItemCommand({ TableName: 'SiteStatistics', Key: { day: { S: day }, url: { S: url } } });
  const { Item } = await direct.send(get);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { times: JSON.parse(last), isKept: Item?.visitors !== undefined };
}

for (const bundle of bundles) await firstHit(bundle); // makes the day's salt, and warms the disk cache
for (const each of latencies) {
  latency = each;
  const results = new Map(bundles.map((bundle) => [bundle, [] as Awaited<ReturnType<typeof firstHit>>[]]));
  for (let i = 0; i < rounds; i++) for (const bundle of bundles) results.get(bundle)?.push(await firstHit(bundle));
  console.log(`Latency of ${each} ms: medians of ${rounds} cold processes`);
  console.table(
    Object.fromEntries(
      [...results].map(([bundle, hits]) => {
        const [load, loadCpu, answer, answerCpu] = [0, 1, 2, 3].map((i) =>
          Math.round(median(hits.map(({ times }) => times[i] ?? Number.NaN))),
        );
        const kept = `${hits.filter(({ isKept }) => isKept).length} of ${rounds}`;
        return [
          bundle.split('/').at(-1),
          { 'records kept': kept, 'load, ms': load, 'of CPU': loadCpu, 'answer, ms': answer, 'of CPU ': answerCpu },
        ];
      }),
    ),
  );
}
direct.destroy();
server.closeAllConnections();
server.close();
database.close();
rmSync(folder, { recursive: true });
