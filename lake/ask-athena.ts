import { setTimeout } from 'node:timers/promises';
import {
  AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { readLakeNames } from '../config/function-settings.ts';
import { settings } from '../config/settings.ts';
import type { AnswerTable, Cell } from './answer.ts';
import { type Answered, timed } from './answered.ts';
import type { AskedSelect } from './asked-select.ts';
import { oneSelect } from './one-select.ts';
import { sized } from './sized.ts';

/** Where Athena finds the table `events`, and the work group that limits what a select may scan. */
export interface AthenaNames {
  database: string;
  workGroup: string;
  /** Milliseconds between two looks at a running select. */
  pause?: number;
}

/** An answer of Athena, and what it is billed by. */
export interface AthenaAnswer {
  answer: AnswerTable;
  scannedBytes: number;
}

/**
 * Asks Athena one select, and waits for its answer. `signal` stops the select. Throws an Error that says what is wrong.
 */
export async function askAthena(
  client: AthenaClient,
  sql: string,
  { database, workGroup, pause = 500 }: AthenaNames,
  signal?: AbortSignal,
): Promise<AthenaAnswer> {
  const started = await client.send(
    new StartQueryExecutionCommand({
      QueryString: oneSelect(sql),
      QueryExecutionContext: { Database: database },
      WorkGroup: workGroup,
    }),
  );
  const QueryExecutionId = started.QueryExecutionId ?? '';
  const stop = () => client.send(new StopQueryExecutionCommand({ QueryExecutionId })).catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) await stop();
  try {
    const execution = await finished(client, QueryExecutionId, pause);
    return {
      answer: await results(client, QueryExecutionId),
      scannedBytes: execution.Statistics?.DataScannedInBytes ?? 0,
    };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function finished(client: AthenaClient, QueryExecutionId: string, pause: number): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason = '' } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return QueryExecution ?? {};
    if (State === 'FAILED') throw new Error(`Athena cannot run this: ${StateChangeReason}`);
    if (State === 'CANCELLED') throw new Error(cancelled(StateChangeReason));
    await setTimeout(pause);
  }
}

const cancelled = (reason: string) =>
  /bytes scanned limit/i.test(reason)
    ? 'The select would scan more than the work group allows. Ask for fewer days, or raise the limit.'
    : `The select was stopped. ${reason}`.trim();

/** Reads all pages of an answer. The first row of the first page has the titles. */
async function results(client: AthenaClient, QueryExecutionId: string): Promise<AnswerTable> {
  let columns: ColumnInfo[] = [];
  const rows: Cell[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetQueryResultsCommand({ QueryExecutionId, ...(NextToken !== undefined && { NextToken }) }),
    );
    columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? columns;
    for (const { Data = [] } of page.ResultSet?.Rows ?? [])
      rows.push(columns.map(({ Type }, i) => cellOf(Data[i]?.VarCharValue, Type)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { columns: columns.map(({ Name = '' }) => Name), rows: rows.slice(1) };
}

const numberTypes = /^(tinyint|smallint|integer|int|bigint|float|real|double|decimal.*)$/;

function cellOf(text: string | undefined, type = ''): Cell {
  if (text === undefined) return null;
  return numberTypes.test(type) && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

// https://aws.amazon.com/athena/pricing, for most regions in 2026.
const dollarsPerTerabyte = 5;
const leastBytes = 10e6;

/** Returns what Athena bills for a select, in dollars. It takes 10 MB for less. */
export const athenaCost = (scannedBytes: number) => (Math.max(scannedBytes, leastBytes) / 1e12) * dollarsPerTerabyte;

/** Asks Athena with the credentials of the shell. Ctrl-C stops the select at Athena, too. */
export async function askAthenaHere({ sql }: AskedSelect): Promise<Answered> {
  process.env.AWS_REGION ||= settings.AWS_REGION.default;
  const client = new AthenaClient();
  const giveUp = new AbortController();
  const interrupt = () => giveUp.abort();
  process.once('SIGINT', interrupt);
  try {
    const asked = askAthena(client, sql, readLakeNames(process.env), giveUp.signal);
    const { result, time } = await timed(asked, ({ answer }) => answer);
    const cost = athenaCost(result.scannedBytes).toFixed(5);
    return { table: result.answer, took: `${time}. Athena scanned ${sized(result.scannedBytes)}: about $${cost}.` };
  } finally {
    process.removeListener('SIGINT', interrupt);
    client.destroy();
  }
}
