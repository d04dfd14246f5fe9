import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isDay } from '../core/calendar/day.ts';
import { firehose } from '../store/lake.ts';
import { startAwsJson } from './aws-json-server.ts';

/** Records wait for so many milliseconds until they are a file. On AWS, they wait for up to 15 minutes. */
const msToWait = 5_000;
const stream = 'lake';

/** A record as a request holds it, in Base64. */
interface Data {
  Data: string;
}

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

  function take({ Data }: Data): { RecordId: string } {
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

  /** Carries out an operation, if it is about the one stream that there is. */
  const onStream =
    <Input extends { DeliveryStreamName: string }>(operation: (input: Input) => object) =>
    (input: Input): object =>
      input.DeliveryStreamName === stream
        ? operation(input)
        : { __type: 'ResourceNotFoundException', message: 'There is no stream of that name.' };

  const server = await startAwsJson(firehose.target, {
    PutRecord: onStream(({ Record }: { DeliveryStreamName: string; Record: Data }) => ({
      ...take(Record),
      Encrypted: false,
    })),
    PutRecordBatch: onStream(({ Records }: { DeliveryStreamName: string; Records: Data[] }) => ({
      ...{ FailedPutCount: 0, Encrypted: false },
      RequestResponses: Records.map(take),
    })),
  });
  return {
    environment: { FIREHOSE_URL: server.url, LAKE_STREAM: stream },
    flush,
    async close() {
      await server.close();
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
