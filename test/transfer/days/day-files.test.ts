import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dayFiles } from '../../../transfer/days/day-files.ts';

interface Named {
  name: string;
  number: number;
}

function filesOf(t: TestContext, bytesOfPart?: number) {
  const files = dayFiles<Named>(bytesOfPart);
  t.after(files.remove);
  return files;
}

test('days come in order, with their records in the order in which they came', (t) => {
  const files = filesOf(t);
  files.append('2026-01-02', 'a', { name: 'a', number: 1 });
  files.append('2025-12-31', 'b', { name: 'b\n', number: 2 });
  files.append('2026-01-02', '', { name: 'c', number: 3 });
  assert.deepEqual(files.days(), ['2025-12-31', '2026-01-02']);
  assert.deepEqual([...files.parts('2025-12-31')], [[{ name: 'b\n', number: 2 }]]);
  assert.deepEqual(
    [...files.parts('2026-01-02')].flat().map(({ number }) => number),
    [1, 3],
  );
});

test('a large day comes in parts. Records with the same key are in the same part', (t) => {
  const files = filesOf(t, 5_000);
  for (let number = 0; number < 1_000; number++) {
    const name = String.fromCharCode(97 + (number % 26)).repeat(2);
    files.append('2026-01-02', name, { name, number });
  }
  assert.deepEqual(files.days(), ['2026-01-02']);
  const parts = [...files.parts('2026-01-02')];
  assert.ok(parts.length > 5, `${parts.length} parts`);
  assert.equal(new Set(parts.flat().map(({ number }) => number)).size, 1_000);
  const namesByPart = parts.map((part) => new Set(part.map(({ name }) => name)));
  assert.equal(
    namesByPart.reduce((sum, names) => sum + names.size, 0),
    26,
  );
});
