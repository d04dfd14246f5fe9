import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host, startBehindPassword, text, to } from './owner.ts';

const { track, dashboard, stats, signIn } = await startBehindPassword({ SITES: 'blog.example.com,notes.example.org' });
const noon = Date.parse('2026-11-18T12:00:00Z');
for (const url of ['https://blog.example.com/', 'https://notes.example.org/'])
  await track({ body: JSON.stringify({ url }), epoch: noon });
const owner = await signIn(noon);
const send = (fields: Record<string, string>, query: Record<string, string> = {}, headers = {}) =>
  owner.submit(fields, { path: '/dashboard', query, headers });
const notesAt = async (address: string) => JSON.parse(text((await stats({ ...to(address), epoch: noon })).body)).notes;
const { token } = await owner.pastes();
const notes = async (query = '') => {
  const parts = to(`https://${host}/stats.json?${query}`, { authorization: `Bearer ${token}` });
  return JSON.parse(text((await stats({ ...parts, epoch: noon })).body)).notes;
};

test('the owner writes a note, changes it and deletes it', async () => {
  const { statusCode, headers } = await send(
    { note: 'moved <b>hosts</b>', 'note-day': '2026-11-17' },
    { period: '30d' },
  );
  assert.deepEqual([statusCode, headers?.location], [303, '?period=30d']);
  const html = text((await owner.look('/dashboard')).body);
  assert.match(html, /moved &lt;b>hosts&lt;\/b>/);
  assert.deepEqual(await notes(), [{ day: '2026-11-17', site: null, text: 'moved <b>hosts</b>' }]);
  await send({ note: 'moved back', 'note-day': '2026-11-17' });
  assert.deepEqual(await notes(), [{ day: '2026-11-17', site: null, text: 'moved back' }]);
  assert.deepEqual(await notes('period=today'), []);
  await send({ 'erase-note': '2026-11-17/' });
  assert.deepEqual(await notes(), []);
});

test('a read-only link and a token of one site have the notes of that site alone', async () => {
  const day = { 'note-day': '2026-11-18' };
  await send({ ...day, note: 'for all' });
  await send({ ...day, note: 'for the blog' }, { site: 'blog.example.com' });
  await send({ ...day, note: 'for the notes' }, { site: 'notes.example.org' });
  const link = await owner.createLink('2026-12-18', { site: 'blog.example.com' });
  const ofLink = [{ day: '2026-11-18', site: 'blog.example.com', text: 'for the blog' }];
  assert.deepEqual(await notesAt(link.replace('/dashboard', '/stats.json')), ofLink);
  const html = text((await dashboard({ ...to(link), epoch: noon })).body);
  assert.match(html, /for the blog/);
  assert.doesNotMatch(html, /for all|for the notes|name="note"|erase-note/);
  assert.equal((await notes()).length, 3);
});

test('nobody else writes or deletes notes', async () => {
  const before = await notes();
  const form = { note: 'forged', 'note-day': '2026-11-18' };
  const link = await owner.createLink('2026-12-18');
  const { share = '' } = to(link).query ?? {};
  const answers = await Promise.all([
    send(form, {}, { cookie: '' }),
    send(form, { share }, { cookie: '' }),
    send(form, {}, { origin: 'https://evil.example' }),
    send(form, {}, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    send({ 'erase-note': '2026-11-18/' }, {}, { cookie: '' }),
  ]);
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [401, 401, 403, 403, 401],
  );
  assert.deepEqual(await notes(), before);
});

test('a note that cannot be kept is answered with a sentence', async () => {
  const before = await notes();
  const { statusCode, body } = await send({ note: '', 'note-day': '2026-11-18' });
  assert.equal(statusCode, 400);
  assert.match(text(body), /The note is empty: write what happened on that day\./);
  assert.equal((await send({ 'erase-note': 'x' })).statusCode, 303);
  assert.deepEqual(await notes(), before);
});
