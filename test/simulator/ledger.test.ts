import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyLedger, enter, type Ledger } from '../../simulator/ledger.ts';
import { isNearFullHour } from '../../simulator/send.ts';
import { statement } from '../../simulator/statement.ts';
import { compare } from '../../simulator/verify.ts';

const at = Date.parse('2026-11-21T23:30:00Z');
const url = 'https://blog.example.com/';
const request = { visitor: '', ip: '', headers: {}, body: '' };
const truth = { url, source: 'slack', cameFromSite: true, recorded: false, origin: [], link: [] };
const view = { ...request, truth };
const bot = { ...request, truth: { refusal: 'bot', counter: 'bot_ai', site: 'blog.example.com' } };
const malformed = { ...request, truth: { refusal: 'malformed' } };

function ledgerOf(...entries: [typeof view | typeof bot | typeof malformed, number, string?][]): Ledger {
  const ledger = emptyLedger('Europe/Berlin');
  for (const [hit, status, refusal] of entries)
    enter(ledger, new Map(), hit, { from: at, to: at }, { status, ...(refusal && { refusal }) }, 2);
  return ledger;
}
const counted = (views: number, views_slack: number, bots = 0) => ({
  '2026-11-22': { [url]: { views, views_slack, hour_00: views }, '(not counted) blog.example.com': { bot_ai: bots } },
});

test('agrees with an app that counted what was sent, whatever it had before', () => {
  const ledger = ledgerOf([view, 204], [view, 204], [bot, 204, 'bot']);
  assert.deepEqual(compare(ledger, counted(5, 1, 8), counted(7, 3, 9)), { numbers: 5, disagreements: [] });
});

test('a refused hit that names no site counts for none', () => {
  const ledger = ledgerOf([malformed, 400, 'malformed']);
  const after = { '2026-11-22': { '(not counted)': { malformed: 1 } } };
  assert.deepEqual(compare(ledger, {}, after).disagreements, []);
});

test('tells each number that differs', () => {
  const ledger = ledgerOf([view, 204], [view, 204], [bot, 204], [view, 403, 'foreign site']);
  const { disagreements } = compare(ledger, {}, { ...counted(2, 3), '2026-11-21': { [url]: { hour_23: 1 } } });
  assert.deepEqual(
    disagreements.map(({ what, sent, counted }) => [what, sent, counted]),
    [
      [`2026-11-22 ${url} views`, 3, 2],
      [`2026-11-22 ${url} hour_00`, 3, 2],
      ['2026-11-22 (not counted) blog.example.com bot_ai', 1, 0],
      [`2026-11-21 ${url} hour_23`, 0, 1],
      ['refused: bot', 1, 0],
      ['refused: foreign site', 0, 1],
    ],
  );
});

test('what was lost since the first reading is found, even if it is nothing that was sent', () => {
  const ledger = ledgerOf([view, 204]);
  const before = {
    '2026-11-22': { [url]: { views: 5, views_slack: 3, views_mail: 4 }, [`${url}other`]: { views: 9 } },
  };
  const { disagreements } = compare(ledger, before, {
    '2026-11-22': { [url]: { views: 6, views_slack: 4, hour_00: 1 } },
  });
  assert.deepEqual(
    disagreements.map(({ what, counted }) => [what.split(' ').slice(1).join(' '), counted]),
    [
      [`${url} views_mail`, -4],
      [`${url}other views`, -9],
    ],
  );
});

test('a view that got no answer, or an error, may have been counted or not', () => {
  const ledger = ledgerOf([view, 204], [view, 0], [view, 500], [bot, 0]);
  assert.equal(ledger.unanswered, 3);
  for (const views of [1, 2, 3]) assert.deepEqual(compare(ledger, {}, counted(views, views)).disagreements, []);
  for (const views of [0, 4]) assert.equal(compare(ledger, {}, counted(views, views)).disagreements.length, 3);
});

test('the statement tells what was sent, answered, refused, and how fast', () => {
  const ledger = ledgerOf([view, 204], [bot, 204, 'bot'], [view, 0]);
  Object.assign(ledger, {
    sent: 100,
    latencies: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i + 1}.0`, 1])),
  });
  assert.equal(
    statement(ledger, 50),
    'sent      100 hits in 50.0 s, 2.0 per second\n' +
      'answered  204: 2, no answer: 1\n' +
      'refused   bot: 1\n' +
      'latency   p50 50.0 ms, p95 95.0 ms, p99 99.0 ms, max 100.0 ms',
  );
});

test('live traffic keeps away from full hours', () => {
  const near = (instant: string, zone: string) => isNearFullHour(Date.parse(`2026-11-21T${instant}Z`), zone);
  const times = ['22:59:56', '22:59:58', '23:00:02', '23:00:04'];
  assert.deepEqual(
    times.map((time) => near(time, 'Europe/Berlin')),
    [false, true, true, false],
  );
  assert.deepEqual(
    ['12:30:00', '13:00:00'].map((time) => near(time, 'Asia/Kolkata')),
    [true, false],
  );
});
