import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { localClient } from '../../local/local-client.ts';
import { athenaStore } from '../../store/athena.ts';
import { linesLogged } from '../functions/footfall.ts';
import { type AthenaRequest, standInAthena } from '../lake/stand-in-athena.ts';
import { signingKey } from './is-signed.ts';

Object.assign(process.env, signingKey);
const client = localClient();
after(() => client.destroy());

const sql = 'select page from events';
const row = (...cells: (string | undefined)[]) => ({
  Data: cells.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })),
});
const ResultSetMetadata = { ColumnInfo: [{ Name: 'page' }, { Name: 'views' }] };

/** Asks an Athena for which a select ends like this. It stays queued without an end. */
async function asked(ends: object | undefined, { ms = 60_000, reuseMinutes = 5 } = {}) {
  const athena = await standInAthena(({ operation, fields }: AthenaRequest) => {
    if (operation === 'StartQueryExecution') return { QueryExecutionId: 'id-1' };
    if (operation === 'GetQueryExecution') return { QueryExecution: { Status: ends ?? { State: 'QUEUED' } } };
    if (operation !== 'GetQueryResults') return {};
    return fields.NextToken === 'more'
      ? { ResultSet: { ResultSetMetadata, Rows: [row(undefined, '1')] } }
      : { NextToken: 'more', ResultSet: { ResultSetMetadata, Rows: [row('page', 'views'), row('/a', '7')] } };
  });
  const place = { endpoint: athena.endpoint, database: 'sitelake', workGroup: 'SiteLake' };
  const answer = await athenaStore(place, client).select(sql, { ms, reuseMinutes });
  await athena.close();
  return { answer, requests: athena.requests };
}

test('a select is asked in the work group, may reuse an answer, and all pages of it are read', async () => {
  const { answer, requests } = await asked({ State: 'SUCCEEDED' }, { reuseMinutes: 60 });
  assert.deepEqual(answer, [{ page: '/a', views: '7' }, { views: '1' }]);
  const { ClientRequestToken, ...fields } = requests[0]?.fields ?? {};
  assert.match(String(ClientRequestToken), /^.{32,128}$/, 'Athena refuses a request without it');
  assert.deepEqual(
    { operation: requests[0]?.operation, fields },
    {
      operation: 'StartQueryExecution',
      fields: {
        QueryString: sql,
        QueryExecutionContext: { Database: 'sitelake' },
        WorkGroup: 'SiteLake',
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 } },
      },
    },
  );
  assert.deepEqual(
    requests.slice(1).map(({ operation }) => operation),
    ['GetQueryExecution', 'GetQueryResults', 'GetQueryResults'],
  );
});

test('a select that takes too long is stopped', async () => {
  const { answer, requests } = await asked(undefined, { ms: 1 });
  assert.deepEqual(
    [answer, requests.at(-1)],
    ['late', { operation: 'StopQueryExecution', fields: { QueryExecutionId: 'id-1' } }],
  );
});

test('an answer whose pages take too long is late', async () => {
  // The first page comes after the deadline, and there are more.
  const { answer, requests } = await asked({ State: 'SUCCEEDED' }, { ms: 1 });
  assert.deepEqual([answer, requests.filter(({ operation }) => operation === 'GetQueryResults').length], ['late', 1]);
});

test('a select that would read too much says so', async () => {
  const StateChangeReason = 'Query cancelled! : Bytes scanned limit was exceeded';
  assert.equal((await asked({ State: 'CANCELLED', StateChangeReason })).answer, 'too much');
});

describe('what else ends a select is a failure, and is logged without its text', () => {
  const run = (ends: object, error: string) =>
    test(error, async (t) => {
      const lines = linesLogged(t);
      assert.equal((await asked(ends)).answer, 'failed');
      assert.deepEqual(lines, [{ failed: 'lake', error }]);
    });
  run({ State: 'FAILED', StateChangeReason: 'COLUMN_NOT_FOUND' }, 'QueryFAILED');
  run({ State: 'CANCELLED' }, 'QueryCANCELLED');
});
