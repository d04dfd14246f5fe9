import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isDay } from '../core/calendar/day.ts';
import { close, listen } from './listen.ts';

/** Records wait for so many milliseconds until they are a file. On AWS, they wait for up to 15 minutes. */
const msToWait = 5_000;
const stream = 'lake';

/** A stand-in for Firehose. */
export interface Firehose {
  /** The environment variables that point functions at it. */
  environment: Record<string, string>;
  /** Writes what waits. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for Firehose that speaks its protocol, and writes gzipped files into a folder as the stream does:
 * `events/day=2026-11-25/<name>.gz`. The day is that of the record, so that a simulated history is where it belongs. On
 * AWS it is the day of arrival.
 */
export async function startFirehose(folder: string): Promise<Firehose> {
  const waiting = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let written = Promise.resolve();

  function take({ Data }: { Data: string }): { RecordId: string } {
    const line = Buffer.from(Data, 'base64').toString();
    const { date } = JSON.parse(line);
    if (!isDay(String(date))) throw new Error('A record has no date.');
    waiting.set(date, (waiting.get(date) ?? '') + line);
    timer ??= setTimeout(flush, msToWait);
    return { RecordId: randomUUID() };
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const files = [...waiting];
    waiting.clear();
    written = written.then(async () => {
      for (const [day, lines] of files) await writeLines(join(folder, 'events', `day=${day}`), lines);
    });
    await written;
  }

  const operations: Record<string, (input: { Record: { Data: string }; Records: { Data: string }[] }) => object> = {
    PutRecord: ({ Record }) => ({ ...take(Record), Encrypted: false }),
    PutRecordBatch: ({ Records }) => ({ FailedPutCount: 0, Encrypted: false, RequestResponses: Records.map(take) }),
  };

  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const answer = (status: number, body: object): void =>
      void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const [, name = ''] = /^Firehose_20150804\.(\w+)$/.exec(String(request.headers['x-amz-target'])) ?? [];
    const operation = operations[name];
    if (!operation) return answer(400, { __type: 'UnknownOperationException' });
    const input = JSON.parse(text);
    if (input.DeliveryStreamName !== stream)
      return answer(400, { __type: 'ResourceNotFoundException', message: `There is no stream of that name.` });
    answer(200, operation(input));
  });
  const port = await listen(server);
  return {
    environment: { FIREHOSE_URL: `http://localhost:${port}`, LAKE_STREAM: stream },
    flush,
    async close() {
      await close(server);
      await flush();
    },
  };
}

/** Writes a file that is whole as soon as it has its name. */
async function writeLines(folder: string, lines: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${stream}-${randomUUID()}`);
  await writeFile(path, gzipSync(lines));
  await rename(path, `${path}.gz`);
}
