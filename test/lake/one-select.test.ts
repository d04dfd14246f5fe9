import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneSelect } from '../../lake/one-select.ts';

describe('one select is asked as it is', () => {
  const run = (sql: string, want = sql) => test(sql, () => assert.equal(oneSelect(sql), want));
  run('select 1');
  run('SELECT page FROM events');
  run('with a as (select 1) select * from a');
  run('(select 1) union all (select 2)');
  run('-- which?\nselect 1');
  run('/* a; b */ select 1');
  run('select 1; ', 'select 1');
  run('select \';\' as ";" -- ; drop table events');
  run("select 'it''s; \\'");
});

describe('anything else is refused', () => {
  const run = (sql: string, message: RegExp) => test(sql, () => assert.throws(() => oneSelect(sql), { message }));
  run('', /^Ask a question/);
  run(' ;; ', /^Ask a question/);
  run('-- select 1', /^Ask a question/);
  run('select 1; select 2', /^Ask one select at a time/);
  run("select '\\'; drop table events --'", /^Ask one select at a time/);
  for (const sql of [
    'drop table events',
    'insert into a select 1',
    'unload (select 1) to x',
    'selected',
    '-- a\ndrop table b',
  ])
    run(sql, /^The lake is read-only/);
});
