import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { renewSpamList } from '../../deploy/renew-spam-list.ts';
import { close, listen } from '../../local/listen.ts';

const folder = await mkdtemp(join(tmpdir(), 'footfall-spam-'));
const file = join(folder, 'list.json');
const many = Array.from({ length: 300 }, (_, i) => `spam-${i}.example`);
const lists: Record<string, string> = {
  '/list': ['www.Zebra.example', 'спам.рф', '', '<html>', 'http://x.example/', ...many, 'spam-7.example', ''].join(
    '\r\n',
  ),
  '/page': '<!doctype html><p>Moved to elsewhere.example',
};
const server = createServer((request, response) => {
  const list = lists[request.url ?? ''];
  response.writeHead(list ? 200 : 404).end(list);
});
const origin = `http://localhost:${await listen(server)}`;
after(() => close(server));
after(() => rm(folder, { recursive: true }));

test('the list is renewed with hosts as browsers write them', async () => {
  assert.equal(await renewSpamList(`${origin}/list`, file), 302);
  const list = JSON.parse(await readFile(file, 'utf8'));
  assert.deepEqual(list, [...many, 'xn--80ayhh.xn--p1ai', 'zebra.example'].sort());
});

test('what is no list leaves the old one', async () => {
  const before = await readFile(file, 'utf8');
  await assert.rejects(
    renewSpamList(`${origin}/page`, file),
    /^Error: This is no list of spam referrers, because it has \d hosts\. Keep/,
  );
  await assert.rejects(renewSpamList(`${origin}/none`, file), /answers 404\. Keep the list/);
  await assert.rejects(renewSpamList('http://localhost:1/', file), /localhost:1\/ cannot be reached/);
  assert.equal(await readFile(file, 'utf8'), before);
});
