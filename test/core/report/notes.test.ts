import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Note, notesFor, parseNote } from '../../../core/report/notes.ts';

const today = '2026-11-21';

test('a note is one line without invisible characters', () => {
  const parsed = parseNote({ day: today, site: '', text: ' posted\r\nthe\u202e newsletter\u0000 ' }, today);
  assert.deepEqual(parsed, { note: { day: today, site: '', text: 'posted the newsletter' } });
});

describe('a note that cannot be kept is answered with a sentence', () => {
  const run = (day: string, text: string, sentence: RegExp) =>
    test(String(sentence), () => {
      const parsed = parseNote({ day, text, site: '' }, today);
      assert.match('problem' in parsed ? parsed.problem : '', sentence);
    });

  run('2026-11-22', 'x', /^"2026-11-22" is not a day up to today: write it like 2026-11-21\.$/);
  run('soon', 'x', /^"soon" is not a day/);
  run('1989-12-31', 'x', /^"1989-12-31" is not a day/);
  run(today, ' \u200b ', /^The note is empty: write what happened on that day\.$/);
  run(today, '😀'.repeat(201), /^The note has 201 letters: write at most 200\.$/);
});

describe('who sees which notes', () => {
  const note = (day: Note['day'], site: string): Note => ({ day, site, text: '' });
  const all = [note('2026-11-20', 'b.example'), note('2026-11-21', ''), note('2026-11-20', 'a.example')];
  const run = (name: string, site: string | undefined, onlySite: string | undefined, want: string[]) =>
    test(name, () =>
      assert.deepEqual(
        notesFor(all, site, onlySite).map((each) => `${each.day} ${each.site}`),
        want,
      ),
    );

  run('all sites: every note', undefined, undefined, ['2026-11-20 a.example', '2026-11-20 b.example', '2026-11-21 ']);
  run('one site: its notes, and those about all', 'a.example', undefined, ['2026-11-20 a.example', '2026-11-21 ']);
  run('who may see one site alone: its notes only', 'a.example', 'a.example', ['2026-11-20 a.example']);
});
