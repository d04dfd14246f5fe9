import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { ChartText } from '../../views/ChartText.tsx';
import { measures } from '../../views/measures.ts';
import type { SeriesBar } from '../../views/series-bars.ts';

describe('the number of a bar', () => {
  const axis = { top: 400, ticks: [] };
  const run = (name: string, bar: Partial<SeriesBar>, want: [text: string, y: string]) =>
    test(name, () => {
      const bars = [{ date: '2026-11-21', count: 100, previous: undefined, isPartial: false, isFuture: false, ...bar }];
      const html = renderToString(<ChartText bars={bars} axis={axis} measure={measures.views} />);
      const [, y, text] = /<text class="is-highest" x="50.00%" y="([^"]*)" dy="-8">([^<]*)</.exec(html) ?? [];
      assert.deepEqual([text, y], want, html);
    });

  run('stands on the bar', {}, ['100', '75.0%']);
  run('stands on the bar below an outline that is far above', { previous: 300 }, ['100', '75.0%']);
  run('stands on an outline that would cross it', { previous: 140 }, ['100', '65.0%']);
  run('is round for an estimate', { isPartial: true, expected: 273 }, ['≈ 270', '31.8%']);
});
