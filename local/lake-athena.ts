import { randomUUID } from 'node:crypto';
import type { AnswerTable, Cell } from '../lake/answer.ts';
import { openLake } from '../lake/duckdb.ts';
import { athena } from '../store/athena.ts';
import { startAwsJson } from './aws-json-server.ts';

/** A page of an answer holds at most so many rows, as Athena's does. */
const rowsOnPage = 1_000;

interface Input {
  QueryString: string;
  ClientRequestToken?: string;
  QueryExecutionId: string;
  NextToken?: string;
  MaxResults?: number;
}

/** How a select went: Athena's words for it, and its rows with the titles first. */
interface Execution {
  Status: { State: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'; StateChangeReason?: string };
  answer?: AnswerTable;
}

/** Starts a stand-in for Athena that speaks its protocol, and answers from the lake in a folder by DuckDB. */
export async function startAthena(folder: string) {
  const executions = new Map<string, Execution>();

  async function run(sql: string, execution: Execution): Promise<void> {
    try {
      const lake = await openLake(folder);
      execution.answer = await lake.ask(sql).finally(() => lake.close());
      if (execution.Status.State === 'RUNNING') execution.Status = { State: 'SUCCEEDED' };
    } catch (error) {
      execution.Status = { State: 'FAILED', StateChangeReason: (error as Error).message };
    }
  }

  const server = await startAwsJson(athena.target, {
    StartQueryExecution({ QueryString, ClientRequestToken }: Input) {
      if (!ClientRequestToken) return { __type: 'InvalidRequestException', message: 'ClientRequestToken is missing.' };
      const QueryExecutionId = randomUUID();
      const execution: Execution = { Status: { State: 'RUNNING' } };
      executions.set(QueryExecutionId, execution);
      void run(QueryString, execution);
      return { QueryExecutionId };
    },
    GetQueryExecution: ({ QueryExecutionId }: Input) => ({
      QueryExecution: { QueryExecutionId, Status: executions.get(QueryExecutionId)?.Status, Statistics: {} },
    }),
    GetQueryResults({ QueryExecutionId, NextToken = '0', MaxResults = rowsOnPage }: Input) {
      const { columns = [], rows = [] } = executions.get(QueryExecutionId)?.answer ?? {};
      const first = Number(NextToken);
      const all = [columns, ...rows].slice(first, first + MaxResults);
      const hasMore = first + MaxResults <= rows.length;
      if (!hasMore) executions.delete(QueryExecutionId);
      return {
        ResultSet: { Rows: all.map(rowOf), ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name })) } },
        ...(hasMore && { NextToken: String(first + MaxResults) }),
      };
    },
    StopQueryExecution({ QueryExecutionId }: Input) {
      const execution = executions.get(QueryExecutionId);
      if (execution) execution.Status = { State: 'CANCELLED' };
      return {};
    },
  });

  return {
    /** The environment variables that point functions at it. */
    environment: { ATHENA_URL: server.url, LAKE_DATABASE: 'lake', LAKE_WORK_GROUP: 'lake' },
    close: server.close,
  };
}

const rowOf = (cells: Cell[]) => ({
  Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: String(cell) })),
});
