import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LakeRow } from '../core/lake/lake-report.ts';
import { awsJson } from './aws-json.ts';
import { logFailure } from './log.ts';

export const athena = { name: 'athena', target: 'AmazonAthena' };

/** Where Athena finds the lake, and the work group that limits what a select may read. */
export interface AthenaPlace {
  endpoint: string;
  database: string;
  workGroup: string;
}

/** Why there is no answer: it took too long, a select would read more than the work group allows, or Athena failed. */
export type NoAnswer = 'late' | 'too much' | 'failed';

const firstPause = 100;
const longestPause = 500;

interface Page {
  ResultSet: {
    Rows: { Data: { VarCharValue?: string }[] }[];
    ResultSetMetadata: { ColumnInfo: { Name: string }[] };
  };
  NextToken?: string;
}

/** Asks Athena by signed requests, with the key and the time limits of a client. No method rejects. */
export function athenaStore({ endpoint, database, workGroup }: AthenaPlace, client: DynamoDBClient) {
  const { ask } = awsJson(athena, endpoint, client);

  /** Waits until a select has ended. Stops it at the deadline. */
  async function end(QueryExecutionId: string, deadline: number): Promise<NoAnswer | 'done'> {
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      await sleep(pause);
      const { QueryExecution } = await ask('GetQueryExecution', { QueryExecutionId });
      const { State, StateChangeReason = '' } = (
        QueryExecution as { Status: { State: string; StateChangeReason?: string } }
      ).Status;
      if (State === 'SUCCEEDED') return 'done';
      if (/bytes scanned limit/i.test(StateChangeReason)) return 'too much';
      if (State === 'FAILED' || State === 'CANCELLED') throw Object.assign(new Error(), { name: `Query${State}` });
      if (Date.now() + pause < deadline) continue;
      await ask('StopQueryExecution', { QueryExecutionId });
      return 'late';
    }
  }

  /** Reads all pages of an answer. Its first row has the titles. */
  async function rowsOf(QueryExecutionId: string, deadline: number): Promise<LakeRow[] | 'late'> {
    const rows: LakeRow[] = [];
    let NextToken: string | undefined;
    do {
      const page = (await ask('GetQueryResults', { QueryExecutionId, NextToken })) as unknown as Page;
      const { Rows, ResultSetMetadata } = page.ResultSet;
      const names = ResultSetMetadata.ColumnInfo.map(({ Name }) => Name);
      rows.push(...Rows.map(({ Data }) => rowOf(names, Data)));
      NextToken = page.NextToken;
      if (NextToken && Date.now() > deadline) return 'late';
    } while (NextToken);
    return rows.slice(1);
  }

  return {
    /**
     * Returns the rows that a select gives within `ms`. Athena may answer with what it gave to the same select at most
     * `reuseMinutes` ago, without reading the lake.
     */
    async select(QueryString: string, { ms, reuseMinutes }: { ms: number; reuseMinutes: number }) {
      const deadline = Date.now() + ms;
      try {
        const { QueryExecutionId } = await ask('StartQueryExecution', {
          QueryString,
          // Clients of the SDK send one by themselves. Athena refuses a request without it.
          ClientRequestToken: randomUUID(),
          QueryExecutionContext: { Database: database },
          WorkGroup: workGroup,
          ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes },
          },
        });
        const ended = await end(String(QueryExecutionId), deadline);
        return ended === 'done' ? await rowsOf(String(QueryExecutionId), deadline) : ended;
      } catch (error) {
        logFailure('lake', error);
        return 'failed' satisfies NoAnswer;
      }
    },
  };
}

const rowOf = (names: string[], cells: { VarCharValue?: string }[]): LakeRow =>
  Object.fromEntries(
    names.flatMap((name, i) => {
      const text = cells[i]?.VarCharValue;
      return text === undefined ? [] : [[name, text]];
    }),
  );
