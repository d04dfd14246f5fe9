import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askAthena, athenaCost } from '../../lake/ask-athena.ts';
import { type AthenaRequest, standInAthena } from './stand-in-athena.ts';

const place = { database: 'site_lake', workGroup: 'SiteLake', pause: 1 };
const sql = 'select page, count(*) as views from events group by page';

const row = (...cells: (string | undefined)[]) => ({
  Data: cells.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })),
});
const ResultSetMetadata = {
  ColumnInfo: [
    { Name: 'page', Type: 'varchar' },
    { Name: 'views', Type: 'bigint' },
  ],
};

/** Returns an Athena that needs a while, and answers in two pages. `Status` is how the select ends. */
function athenaThat(ends: object = { State: 'SUCCEEDED' }) {
  let looks = 0;
  return standInAthena(({ operation, fields }: AthenaRequest) => {
    if (operation === 'StartQueryExecution') return { QueryExecutionId: 'id-1' };
    if (operation === 'GetQueryExecution') {
      looks += 1;
      const Status = looks < 3 ? { State: looks < 2 ? 'QUEUED' : 'RUNNING' } : ends;
      return { QueryExecution: { QueryExecutionId: 'id-1', Status, Statistics: { DataScannedInBytes: 123 } } };
    }
    if (operation !== 'GetQueryResults') return {};
    return fields.NextToken === 'more'
      ? { ResultSet: { ResultSetMetadata, Rows: [row(undefined, '1')] } }
      : { NextToken: 'more', ResultSet: { ResultSetMetadata, Rows: [row('page', 'views'), row('/a', '7')] } };
  });
}

test('Athena is asked in the work group, and all pages of the answer are read', async () => {
  const athena = await athenaThat();
  assert.deepEqual(await askAthena(athena.client, `${sql};`, place), {
    answer: {
      columns: ['page', 'views'],
      rows: [
        ['/a', 7],
        [null, 1],
      ],
    },
    scannedBytes: 123,
  });
  const [{ fields: { ClientRequestToken, ...started } = {} } = {}] = athena.requests;
  assert.deepEqual(started, {
    QueryString: sql,
    QueryExecutionContext: { Database: 'site_lake' },
    WorkGroup: 'SiteLake',
  });
  assert.deepEqual(
    athena.requests.map(({ operation }) => operation),
    ['StartQueryExecution', ...Array(3).fill('GetQueryExecution'), ...Array(2).fill('GetQueryResults')],
  );
  await athena.close();
});

describe('an error of Athena says what is wrong', () => {
  const run = (ends: object, message: RegExp) =>
    test(String(message), async () => {
      const athena = await athenaThat(ends);
      await assert.rejects(askAthena(athena.client, sql, place), { message });
      await athena.close();
    });
  run(
    { State: 'FAILED', StateChangeReason: "COLUMN_NOT_FOUND: line 1:8: Column 'pge' cannot be resolved" },
    /^Athena cannot run this: COLUMN_NOT_FOUND: line 1:8: Column 'pge' cannot be resolved$/,
  );
  run(
    { State: 'CANCELLED', StateChangeReason: 'Query cancelled! : Bytes scanned limit was exceeded' },
    /^The select would scan more than the work group allows\. Ask for fewer days/,
  );
  run({ State: 'CANCELLED' }, /^The select was stopped\.$/);
});

test('a select that is given up stops at Athena', async () => {
  const athena = await standInAthena(({ operation }) =>
    operation === 'GetQueryExecution'
      ? { QueryExecution: { Status: { State: athena.requests.some(isStop) ? 'CANCELLED' : 'RUNNING' } } }
      : { QueryExecutionId: 'id-1' },
  );
  const giveUp = new AbortController();
  const asked = askAthena(athena.client, sql, place, giveUp.signal);
  while (!athena.requests.some(({ operation }) => operation === 'GetQueryExecution')) await athena.nextRequest();
  giveUp.abort();
  await assert.rejects(asked, /The select was stopped/);
  await athena.close();
});

test('a select that is given up before it begins stops at Athena, too', async (t) => {
  const giveUp = new AbortController();
  const athena = await standInAthena(({ operation }) => {
    if (operation === 'StartQueryExecution') giveUp.abort();
    return operation === 'GetQueryExecution'
      ? { QueryExecution: { Status: { State: athena.requests.some(isStop) ? 'CANCELLED' : 'SUCCEEDED' } } }
      : { QueryExecutionId: 'id-1' };
  });
  t.after(athena.close);
  await assert.rejects(askAthena(athena.client, sql, place, giveUp.signal), /The select was stopped/);
});
const isStop = ({ operation }: AthenaRequest) => operation === 'StopQueryExecution';

test('Athena is sent a select only', async () => {
  const athena = await athenaThat();
  await assert.rejects(askAthena(athena.client, 'drop table events', place), /The lake is read-only/);
  assert.deepEqual(athena.requests, []);
  await athena.close();
});

test('the cost is $5 for a terabyte, and at least that of 10 MB', () => {
  assert.deepEqual([athenaCost(1e12), athenaCost(1e9), athenaCost(0)], [5, 0.005, 0.00005]);
});
