import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unlinkedVisit, type VisitorRecord, visitOf } from '../../../core/collect/visit.ts';

const now = 1_795_000_000;
const minute = 60;

describe('what a view says of its visitor', () => {
  const run = (name: string, record: VisitorRecord | undefined, want: Record<string, number>) =>
    test(name, () => assert.deepEqual(visitOf(record, now), want));

  run('the first of the day', undefined, { visitors: 1, site_visitors: 1, visits: 1 });
  run(
    'the second, of another page',
    { seen: now - 40, seenBefore: 0, sawPage: false },
    { visitors: 1, engaged: 1, seconds: 40 },
  );
  run('the second, of the same page', { seen: now - 40, seenBefore: 0, sawPage: true }, { engaged: 1, seconds: 40 });
  run('the second within the same second', { seen: now, seenBefore: 0, sawPage: true }, { engaged: 1 });
  run('the third', { seen: now - 5, seenBefore: now - 45, sawPage: true }, { seconds: 5 });
  run('the third, all within a second', { seen: now, seenBefore: now, sawPage: true }, {});
  run(
    'after a pause of 30 minutes',
    { seen: now - 30 * minute, seenBefore: 0, sawPage: true },
    { engaged: 1, seconds: 1800 },
  );
  run('after a longer pause', { seen: now - 30 * minute - 1, seenBefore: now - 2000, sawPage: true }, { visits: 1 });
  run(
    'of a new page after a longer pause',
    { seen: now - 9999, seenBefore: 0, sawPage: false },
    { visitors: 1, visits: 1 },
  );
  run(
    'the third, 30 minutes after the second',
    { seen: now - 5, seenBefore: now - 1805, sawPage: true },
    { seconds: 5 },
  );
  run(
    'the second of the second visit',
    { seen: now - 5, seenBefore: now - 1806, sawPage: true },
    { engaged: 1, seconds: 5 },
  );
  run('one that overtook the one before it', { seen: now + 3, seenBefore: 0, sawPage: true }, { engaged: 1 });
});

test('without a visitor record, a visit begins when its visitor comes from elsewhere', () => {
  assert.deepEqual(unlinkedVisit(false), { visits: 1, unlinked: 1 });
  assert.deepEqual(unlinkedVisit(true), {});
});
