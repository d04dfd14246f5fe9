import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';
import fc from 'fast-check';
import type { LakeRecord } from '../../core/lake/lake-record.ts';
import type { Cell } from '../../lake/answer.ts';
import { openLake } from '../../lake/duckdb.ts';
import { questionSql, questions, type Values } from '../../lake/questions.ts';
import { linesOfRecords, madeLake, writeEvents } from './made-lake.ts';

const today = '2026-11-25';
const view = (page: string, rest: Partial<LakeRecord> = {}): LakeRecord => ({
  ...{ date: today, hour: 7, site: 'blog.example.com', page },
  ...rest,
});
const phone = { country: 'FR', language: 'fr', device: 'mobile' } as const;
const desk = { country: 'DE', language: 'de', device: 'desktop' } as const;

/** Two phones in France read /a, then /b, and one of them /c. A desktop in Germany comes to /b and stays. */
const records: LakeRecord[] = [
  view('/a', { ...phone, nth: 1, referrer: 'x.com' }),
  view('/b', { ...phone, nth: 2, before: '/a' }),
  view('/c', { ...phone, nth: 3, before: '/b', hour: 8 }),
  view('/a', { ...phone, nth: 1, source: 'news', campaign: 'spring', date: '2026-11-24' }),
  view('/b', { ...phone, nth: 2, before: '/a', date: '2026-11-24' }),
  view('/b', { ...desk, nth: 1 }),
  view('/b', { before: '/b', site: 'other.example.com' }), // asks for privacy, and reloads
  view('/b', { ...desk, event: 'signup' }),
  view('/b', { ...phone, event: 'signup' }),
  view('/b', { ...phone, event: 'signup' }),
  view('/b', { ...phone, nth: 1, date: '2026-11-10' }),
  view('/old', { ...phone, nth: 1, date: '2025-11-10' }), // before any range
];

let lake: Awaited<ReturnType<typeof openLake>>;
before(async () => {
  lake = await openLake(madeLake(records));
});
after(() => lake.close());

const sqlOf = (name: string, values: Values) => {
  const question = questions.get(name);
  assert.ok(question, name);
  return questionSql(question, values, today);
};

describe('each question has the right answer', () => {
  const covered = new Set<string>();
  const run = (name: string, values: Values, want: Cell[][]) => {
    covered.add(name);
    test(`${name} ${JSON.stringify(values)}`, async () =>
      assert.deepEqual((await lake.ask(sqlOf(name, values))).rows, want));
  };
  run('flows', {}, [
    ['/a', '/b', 2],
    ['/b', '/c', 1],
  ]);
  run('flows', { rows: '1' }, [['/a', '/b', 2]]);
  run('next-pages', { page: '/a' }, [['/b', 2, 100]]);
  run('next-pages', { page: 'https://blog.example.com/b/?utm_source=x' }, [['/c', 1, 100]]);
  run('read-depth', { page: 'https://www.other.example.com/b' }, [['/b', 0, 0, 0, 1]]);
  run('read-depth', { page: '/b', site: 'https://other.example.com/' }, [['/b', 0, 0, 0, 1]]);
  run('previous-pages', { page: '/b' }, [['/a', 2, 100]]);
  run('second-pages', {}, [['/a', '/b', 2]]);
  run('crosstab', { by: 'country', across: 'device' }, [
    ['FR', 'mobile', 6],
    ['(unknown)', '(unknown)', 1],
    ['DE', 'desktop', 1],
  ]);
  run('crosstab', { by: 'hour', across: 'device', page: '/c' }, [['8', 'mobile', 1]]);
  run('countries-of-page', { page: '/b' }, [
    ['FR', 3, 60],
    ['(unknown)', 1, 20],
    ['DE', 1, 20],
  ]);
  run('countries-of-page', { page: '/b', device: 'mobile' }, [['FR', 3, 100]]);
  run('countries-of-page', { page: '/b', from: today }, [
    ['(unknown)', 1, 33.3],
    ['DE', 1, 33.3],
    ['FR', 1, 33.3],
  ]);
  run('languages-of-page', { page: '/b', site: 'www.blog.example.com' }, [
    ['fr', 'FR', 3],
    ['de', 'DE', 1],
  ]);
  run('landing-by-country', {}, [
    ['FR', '/a', 2],
    ['DE', '/b', 1],
    ['FR', '/b', 1],
  ]);
  run('landing-by-country', { country: 'de' }, [['DE', '/b', 1]]);
  run('entry-pages-by-referrer', {}, [
    ['(direct)', '/b', 2],
    ['(direct)', '/a', 1],
    ['x.com', '/a', 1],
  ]);
  run('sources-by-month', {}, [
    ['2026-11', '(direct)', 2],
    ['2026-11', 'news', 1],
    ['2026-11', 'x.com', 1],
  ]);
  run('campaign-by-device', {}, [['spring', 'mobile', 1, 1]]);
  run('hours-by-country', {}, [
    ['FR', 7, 5],
    ['FR', 8, 1],
    ['(unknown)', 7, 1],
    ['DE', 7, 1],
  ]);
  run('cohort-of-post', { page: '/b' }, [
    [1, 1, 1],
    [3, 4, 1],
  ]);
  run('read-depth', {}, [
    ['/b', 2, 2, 0, 1],
    ['/a', 2, 0, 0, 0],
    ['/c', 0, 0, 1, 0],
  ]);
  run('exits', {}, [
    ['/b', 5, 1, 80],
    ['/c', 1, 0, 100],
    ['/a', 2, 2, 0],
  ]);
  run('events-by-page-and-device', {}, [
    ['signup', '/b', 'mobile', 2],
    ['signup', '/b', 'desktop', 1],
  ]);

  test('and no question is without an answer here', () => assert.deepEqual([...covered].sort(), [...questions.keys()]));
});

const parser = new TrinoSQL();
const examples: Values = { page: "/it's", by: 'country', across: 'device' };

describe('Athena can parse each question', () => {
  for (const { name, needs, filters } of questions.values())
    test(name, () => {
      const values: Values = { site: 'blog.example.com', rows: '7' };
      for (const each of [...needs, ...filters]) values[each] = { ...examples, country: 'FR', device: 'mobile' }[each];
      assert.deepEqual(parser.validate(sqlOf(name, values)), []);
    });
});

describe('the parser of Athena refuses what only DuckDB knows', () => {
  for (const sql of ['from events', 'select page::text from events', 'select page from events group by all', 'selec 1'])
    test(sql, () => assert.notDeepEqual(parser.validate(sql), []));
});

describe('a wrong parameter is refused, and the error says what to do', () => {
  const run = (name: string, values: Values, message: RegExp) =>
    test(String(message), () => assert.throws(() => sqlOf(name, values), { message }));
  run('next-pages', {}, /^next-pages needs --page\. It takes --page, --site, --from, --to, --rows\.$/);
  run('flows', { page: '/a' }, /^flows has no --page\. It takes --site, --from, --to, --rows\.$/);
  run('next-pages', { page: 'about' }, /^--page takes a path or URL like \/about, not "about"\.$/);
  run('flows', { from: '2026-02-30' }, /^--from takes a day like 2026-11-21, not "2026-02-30"\.$/);
  run('flows', { from: today, to: '2026-11-24' }, /^--from is after --to/);
  run('flows', { rows: '10001' }, /^--rows takes a number from 1 to 10000, not "10001"\.$/);
  run('flows', { rows: '0' }, /^--rows takes a number from 1/);
  run('flows', { rows: '1; select 2' }, /^--rows takes/);
  run('crosstab', { by: 'page from events --', across: 'device' }, /^--by takes one of hour, site, referrer,/);
  run('countries-of-page', { page: '/', device: "' or 1 = 1" }, /^--device takes desktop, mobile or tablet/);
  run('landing-by-country', { country: 'FRA' }, /^--country takes a code like FR/);
});

test('no text of a parameter becomes SQL', async () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    ';',
    '--',
    '/*',
    '*/',
    ':page',
    ':views',
    ' or 1=1',
    '\\',
    '\n',
    '%27',
    '/',
    'a',
  );
  const text = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(text, text, async (path, site) => {
      const sql = sqlOf('countries-of-page', { page: `/none${path}`, site: `none${site}` });
      assert.deepEqual((await lake.ask(sql)).rows, []);
      assert.deepEqual(parser.validate(sql), []);
    }),
    { numRuns: 60 },
  );
});

test('a question finds records around midnight in the file of the day before and after', async () => {
  const folder = madeLake([]);
  writeEvents(folder, '2026-11-24', 'a.gz', linesOfRecords([view('/late')]));
  writeEvents(folder, '2026-11-26', 'a.gz', linesOfRecords([view('/early')]));
  const around = await openLake(folder);
  const { rows } = await around.ask(sqlOf('read-depth', { from: today, to: today }));
  around.close();
  assert.deepEqual(
    rows.map(([page]) => page),
    ['/early', '/late'],
  );
});
