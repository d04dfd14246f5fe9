import assert from 'node:assert/strict';
import { appendFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { openFiles } from '../../../transfer/files/open-files.ts';
import { type Entry, UnreadableFile } from '../../../transfer/format.ts';
import { exportOf } from '../exports.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = async ({ chunks }: Entry) => Buffer.concat(await Readable.from(chunks()).toArray()).toString();
const contents = (entries: Entry[]) => Promise.all(entries.map(async (entry) => [entry.name, await textOf(entry)]));

async function open(t: TestContext, files: Record<string, string | Uint8Array>) {
  const { entries } = await openFiles(await exportOf(t, files));
  return entries;
}

test('files, gzip and entries of a zip are opened alike, several at once', async (t) => {
  const zip = zipSync({
    'folder/a.csv': [bytes('stored'), { level: 0 }],
    'folder/b.csv': bytes('deflated '.repeat(99)),
  });
  const entries = await open(t, { 'plain.log': 'plain', 'packed.gz': gzipSync('unpacked'), 'export.bin': zip });
  assert.deepEqual(await contents(entries), [
    ['plain.log', 'plain'],
    ['packed.gz', 'unpacked'],
    ['folder/a.csv', 'stored'],
    ['folder/b.csv', 'deflated '.repeat(99)],
  ]);
});

test('a folder stands for its files, in the order of their names', async (t) => {
  const [path = ''] = await exportOf(t, { '2.log': 'two', '1.log': gzipSync('one') });
  const { entries } = await openFiles([dirname(path)]);
  assert.deepEqual(await contents(entries), [
    ['1.log', 'one'],
    ['2.log', 'two'],
  ]);
});

test('a gzip in a zip, and a gzip of several parts, are unpacked', async (t) => {
  const parts = Buffer.concat([gzipSync('one '), gzipSync('two')]);
  const entries = await open(t, { 'a.zip': zipSync({ 'a.log.gz': parts, '__MACOSX/a': bytes('x'), 'b/': bytes('') }) });
  assert.deepEqual(await contents(entries), [['a.log.gz', 'one two']]);
});

test('each reading begins anew', async (t) => {
  const [entry] = await open(t, { 'a.zip': zipSync({ a: bytes('again') }) });
  assert.ok(entry);
  assert.equal((await textOf(entry)) + (await textOf(entry)), 'againagain');
});

test('the head is text, whatever the encoding', async (t) => {
  const entries = await open(t, {
    'marked.csv': '\ufeffdate,näme',
    'utf16.csv': Buffer.from('\ufeffdate,näme', 'utf16le'),
    'unmarked.csv': Buffer.from('date,näme', 'utf16le'),
    'big.csv': Buffer.from('\ufeffdate,näme', 'utf16le').swap16(),
  });
  for (const { name, head } of entries) assert.equal(head, 'date,näme', name);
});

test('the progress is in bytes on disk', async (t) => {
  const log = 'line\n'.repeat(50_000);
  const { entries, progress } = await openFiles(
    await exportOf(t, { 'a.log': log, 'b.zip': zipSync({ b: bytes(log) }) }),
  );
  assert.equal(progress.done, 0);
  for (const entry of entries) await textOf(entry);
  assert.equal(Math.round(progress.done), progress.all);
});

const withPath = (name: string) => {
  const zip = Buffer.from(zipSync({ [name.replaceAll('/', '_')]: bytes('x') }));
  return Buffer.from(zip.toString('latin1').replaceAll(name.replaceAll('/', '_'), name), 'latin1');
};
const cut = (packed: Uint8Array) => packed.subarray(0, packed.length - 30);

const refused: [title: string, content: Uint8Array, sentence: RegExp][] = [
  ['a gzip bomb', gzipSync('\n'.repeat(40_000_000)), /file unpacks to more than 200 times its size/],
  [
    'a zip bomb',
    zipSync({ bomb: new Uint8Array(40_000_000).fill(10) }),
    /bomb unpacks to more than 200 times its size/,
  ],
  ['a path to the folder above', withPath('../../a'), /broken zip: invalid relative path/],
  ['an absolute path', withPath('/etc/a'), /broken zip: absolute path/],
  [
    'a cut gzip',
    cut(gzipSync(crypto.getRandomValues(new Uint8Array(9_999)))),
    /file is cut or broken: .* download it again/,
  ],
  ['a cut zip', cut(zipSync({ a: bytes('x') })), /file is a broken zip: .* Download it again/],
  ['an empty file', bytes(''), /there is nothing in it/],
  ['an empty zip', zipSync({}), /there is nothing in it/],
  ['a zip in a zip', zipSync({ 'in.zip': zipSync({ a: bytes('x') }) }), /^in\.zip is a zip in an archive\. Unpack/],
];
for (const [title, content, sentence] of refused)
  test(`${title} is refused with a sentence`, async (t) => {
    const reading = open(t, { file: content }).then(contents);
    await assert.rejects(reading, (error) => error instanceof UnreadableFile && sentence.test(error.message));
  });

test('a file that became shorter is refused, and one that grows is read', async (t) => {
  const paths = await exportOf(t, { 'a.log': 'one\ntwo\n', 'b.gz': gzipSync('one') });
  const { entries } = await openFiles(paths);
  await truncate(paths[0] ?? '', 4);
  await truncate(paths[1] ?? '', 4);
  const [log, packed] = entries as [Entry, Entry];
  await assert.rejects(textOf(log), { message: 'a.log became shorter while it was read. Import it again.' });
  await assert.rejects(textOf(packed), UnreadableFile);
  await appendFile(paths[0] ?? '', 'more\nand more\n');
  assert.equal(await textOf(log), 'one\nmore\nand more\n');
});

test('a missing file, and what is no file, are refused with a sentence', async () => {
  await assert.rejects(openFiles(['/dev/null']), { message: /^\/dev\/null is no file\. Write/ });
  await assert.rejects(openFiles(['/none/such.csv']), { message: 'There is no file /none/such.csv. Check its name.' });
});
