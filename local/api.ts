import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderOf, root } from './folder.ts';
import { freePorts } from './listen.ts';

const sls = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
const preloaded = ['./lean-serverless.mjs', './lambda-limits.mjs'].map(
  (file) => `--import=${import.meta.resolve(file)}`,
);
// Without these, Node.js takes 100 MB for young objects.
const nodeOptions = ['--max-semi-space-size=1', '--optimize-for-size', ...preloaded];

/** serverless-offline itself takes up to 5 s. */
const msToEnd = 10_000;

/** The functions and routes of serverless.yml on this machine. */
export interface Api {
  origin: string;
  /** Calls a function without a route, as AWS does. Throws an Error if it fails. */
  invoke(name: string, event: object): Promise<unknown>;
  close(): Promise<void>;
}

interface Options {
  /** The port of the API, by default a free one. */
  port?: number;
  /** Options of `sls offline`, such as `--noTimeout`. */
  slsOptions?: string[];
  /** The folder of serverless.yml, by default the project's. */
  folder?: string;
}

/** Starts serverless-offline. Rejects with its output if it exits before it answers. */
export async function startApi(environment: Record<string, string>, wanted: Options = {}): Promise<Api> {
  const { port = await freePorts(1), slsOptions = [], folder = root } = wanted;
  const lambdaPort = await freePorts(2);
  const socketPort = lambdaPort + 1;
  const ports = { httpPort: port, lambdaPort, websocketPort: socketPort };
  const options = [...Object.entries(ports).flatMap(([name, number]) => [`--${name}`, String(number)]), ...slsOptions];
  const hasSocket = environment.LIVE === 'websocket';
  const workFolder = join(folderOf(port), 'functions');
  const child = spawn(process.execPath, [...nodeOptions, sls, 'offline', 'start', ...options], {
    cwd: folder,
    env: {
      ...process.env,
      ...environment,
      FOOTFALL_WORK_FOLDER: workFolder,
      LIVE_CONNECTIONS_URL: hasSocket ? `http://localhost:${socketPort}` : '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithThis = () => child.kill();
  process.once('exit', endWithThis);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)));
  const origin = `http://localhost:${port}`;
  await Promise.race([answers(origin), endsEarly(child, printed)]);
  return {
    origin,
    async invoke(name, event) {
      const path = `2015-03-31/functions/footfall-prod-${name}/invocations`;
      const answer = await fetch(`http://localhost:${lambdaPort}/${path}`, {
        method: 'POST',
        body: JSON.stringify(event),
      });
      const text = await answer.text();
      if (!answer.ok || answer.headers.has('x-amz-function-error')) throw new Error(`${name} failed: ${text}`);
      return JSON.parse(text);
    },
    async close() {
      process.off('exit', endWithThis);
      await end(child);
      await rm(join(root, workFolder), { recursive: true, force: true });
    },
  };
}

async function answers(origin: string): Promise<void> {
  for (;;) {
    const up = await fetch(`${origin}/dashboard`).then(
      () => true,
      () => false,
    );
    if (up) return;
    await sleep(100);
  }
}

async function endsEarly(child: ChildProcess, printed: string[]): Promise<never> {
  await once(child, 'exit');
  throw new Error(`serverless-offline exited before it answered:\n${printed.join('')}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), msToEnd); // Node.js may wait for its threads for ever
  await exited;
  clearTimeout(late);
}
