import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersIn, startFunctions } from './footfall.ts';

const { track, dashboard } = await startFunctions({ SITES: 'blog.example.com' });
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const view = (date: string, fields: object) =>
  track({ body: JSON.stringify({ url: 'https://blog.example.com/', ...fields }), epoch: noon(date) });
const text = (body = '') => Buffer.from(body, 'base64').toString();

test('shows the months of a year', async () => {
  for (const date of ['2024-12-01', '2025-03-31', '2025-04-01']) await view(date, {});
  const { body } = await dashboard({ epoch: noon('2025-04-05'), query: { period: '12mo' } });
  const { months } = numbersIn(text(body));
  assert.deepEqual([months.length, months[7], months.at(-1)], [12, ['2024-12', '1', '0'], ['2025-04', '1', '0']]);
  assert.match(text(body), /<a href="\?from=2024-12-01&amp;to=2024-12-31">2024-12</);
});
