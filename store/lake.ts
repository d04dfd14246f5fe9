import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LakeRecord } from '../core/lake/lake-record.ts';
import { atMost } from './at-most.ts';
import { awsJson } from './aws-json.ts';
import { seldomFailures } from './log.ts';

/** How long a hit waits for the lake, after it is counted. */
const msToWait = 100;

export const firehose = { name: 'firehose', target: 'Firehose_20150804' };

/**
 * Puts records on a stream of Firehose, with the key and the time limits of a client. There is no second attempt, because
 * a record whose answer got lost would be there twice. No method rejects.
 */
export function lakeStore(endpoint: string, stream: string, client: DynamoDBClient) {
  const { connect, ask } = awsJson(firehose, endpoint, client);
  const logFailed = seldomFailures('lake');
  return {
    /** Opens a connection, so that the first record is in time. */
    connect: (signal: AbortSignal): Promise<void> => connect(signal).catch(() => {}),

    /** Puts a record on the stream. Ends after 100 ms at the latest. What it began then goes on. */
    async keep(record: LakeRecord, time: number): Promise<void> {
      const Data = Buffer.from(`${JSON.stringify(record)}\n`).toString('base64');
      const put = ask('PutRecord', { DeliveryStreamName: stream, Record: { Data } });
      await atMost(
        msToWait,
        put.then(
          () => {},
          (error) => logFailed(error, time),
        ),
      );
    },
  };
}
