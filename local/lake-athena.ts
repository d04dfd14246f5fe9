import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AnswerTable, Cell } from '../lake/answer.ts';
import { openLake } from '../lake/duckdb.ts';
import { close, listen } from './listen.ts';

/** A page of an answer holds at most so many rows, as Athena's does. */
const rowsOnPage = 1_000;

interface Input {
  QueryString: string;
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

  const operations: Record<string, (input: Input) => object> = {
    StartQueryExecution({ QueryString }) {
      const QueryExecutionId = randomUUID();
      const execution: Execution = { Status: { State: 'RUNNING' } };
      executions.set(QueryExecutionId, execution);
      void run(QueryString, execution);
      return { QueryExecutionId };
    },
    GetQueryExecution: ({ QueryExecutionId }) => ({
      QueryExecution: { QueryExecutionId, Status: executions.get(QueryExecutionId)?.Status, Statistics: {} },
    }),
    GetQueryResults({ QueryExecutionId, NextToken = '0', MaxResults = rowsOnPage }) {
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
    StopQueryExecution({ QueryExecutionId }) {
      const execution = executions.get(QueryExecutionId);
      if (execution) execution.Status = { State: 'CANCELLED' };
      return {};
    },
  };

  const server = createServer(async (request, response) => {
    const input: Input = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const [, name = ''] = /^AmazonAthena\.(\w+)$/.exec(String(request.headers['x-amz-target'])) ?? [];
    const body = operations[name]?.(input) ?? { __type: 'UnknownOperationException' };
    response.writeHead('__type' in body ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  const port = await listen(server);
  return {
    /** The environment variables that point functions at it. */
    environment: { ATHENA_URL: `http://localhost:${port}`, LAKE_DATABASE: 'lake', LAKE_WORK_GROUP: 'lake' },
    close: () => close(server),
  };
}

const rowOf = (cells: Cell[]) => ({
  Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: String(cell) })),
});
