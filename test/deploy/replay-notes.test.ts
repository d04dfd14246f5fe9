import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Noted, noteOf, readNotes } from '../../deploy/replay-notes.ts';

describe('the notes of an earlier replay', () => {
  const sum: Noted = { day: '2026-11-24', url: 'https://blog.example.com/', add: { views: 2 }, ids: ['a', 'b'] };
  const note = (step: Parameters<typeof noteOf>[0]) => noteOf(step, sum);
  const run = (name: string, lines: string[], want: ReturnType<typeof readNotes>) =>
    test(name, () => assert.deepEqual(readNotes(lines.join('\n')), want));

  run('a sum that is added is done', [note('adding'), note('added')], { added: ['a', 'b'], unknown: [] });
  run('a sum that was about to be added is unknown', [note('adding')], { added: [], unknown: [sum] });
  run('a sum that could not be added is neither', [note('adding'), note('left')], { added: [], unknown: [] });
  run('a sum that is added later is done', [note('adding'), note('left'), note('adding'), note('added')], {
    added: ['a', 'b'],
    unknown: [],
  });
  run('a note that is cut short is none', [note('adding'), note('added').slice(0, -1)], { added: [], unknown: [sum] });
  run('what npm prints is no note', ['', '> footfall@0.1.0 replay', 'null', '{"lines":[]}'], {
    added: [],
    unknown: [],
  });
});
