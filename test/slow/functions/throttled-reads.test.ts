import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { startDatabase } from '../../../local/database.ts';
import { type Asked, type Fault, faultProxy } from '../../../local/fault-proxy.ts';
import { startFunctions } from '../../functions/footfall.ts';

let faultOf = (_: Asked): Fault | undefined => undefined;
afterEach(() => {
  faultOf = () => undefined;
});
const database = await startDatabase();
after(() => database.close());
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', (asked) => faultOf(asked));
after(() => proxy.close());
const { track, stats, dashboard } = await startFunctions({
  SITES: 'blog.example.com',
  AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
});
const epoch = Date.parse('2026-03-01T12:00:00Z');
await track({ body: JSON.stringify({ url: 'https://blog.example.com/' }), epoch });

/** Throttles each Query so many times, as a table does that has used up its read units. Returns the attempts. */
function throttleQueries(times: number) {
  const attempts = new Map<string, number>();
  faultOf = ({ operation, body }) => {
    if (operation !== 'Query') return undefined;
    const key = JSON.stringify(body);
    attempts.set(key, (attempts.get(key) ?? 0) + 1);
    return (attempts.get(key) ?? 0) <= times ? 'throttle' : undefined;
  };
  return attempts;
}

describe('a table that throttles reads', () => {
  for (const [name, ask] of Object.entries({ stats, dashboard }))
    test(`is asked by ${name} until it answers, far more often than three times`, async () => {
      const attempts = throttleQueries(5);
      const path = name === 'stats' ? '/stats.json' : '/dashboard';
      assert.equal((await ask({ path, epoch })).statusCode, 200);
      assert.ok(attempts.size > 7);
      assert.deepEqual([...new Set(attempts.values())], [6]);
    });
});
