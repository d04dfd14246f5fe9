import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { type Day, daysUpTo } from '../../core/calendar/day.ts';
import { LakeNote } from '../../views/LakeNote.tsx';

describe('the note of the lake says which days it lacks', () => {
  const days = daysUpTo('2026-11-25', 4);
  const run = (missing: Day[], want: string) =>
    test(`${missing.length} days: ${want}`, () => {
      const scope = { range: { period: undefined, days, unit: 'day' as const }, filter: {} };
      const html = renderToString(<LakeNote lake={{ missing }} scope={scope} linkTo={() => ''} />);
      assert.equal(/not in it\. (.*?) ?<\/p>/s.exec(html)?.[1]?.trim(), want);
    });
  run([], '');
  run(days, 'It has no record of these days.');
  run(['2026-11-22', '2026-11-23'], 'Its records begin on 24 Nov 2026.');
  run(['2026-11-22', '2026-11-24'], 'Its records begin on 23 Nov 2026. It has no record of 1 day since.');
  run(['2026-11-24', '2026-11-25'], 'It has no record of 2 days.');
});
