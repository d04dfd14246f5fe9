import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Response } from '../../http/response.ts';
import { host, startBehindPassword, text, to } from './owner.ts';

const { track, stats, signIn } = await startBehindPassword({ SITES: 'blog.example.com,notes.example.org' });
const noon = Date.parse('2026-11-18T12:00:00Z');
for (const url of ['https://blog.example.com/', 'https://notes.example.org/'])
  await track({ body: JSON.stringify({ url }), epoch: noon });
await track({ body: '{', epoch: noon });
const owner = await signIn(noon);
const note = (words: string, query: Record<string, string>) =>
  owner.submit({ note: words, 'note-day': '2026-11-18' }, { path: '/dashboard', query });
await note('about all', {});
await note('about one', { site: 'notes.example.org' });

const hrefsIn = async (query: Record<string, string> = {}) =>
  [...text((await owner.look('/share', query)).body).matchAll(/href="(export\.zip[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
const get = (href: string, headers: Record<string, string> = { cookie: owner.cookie }) =>
  stats({ epoch: noon, ...to(`https://${host}/${href}`, headers) });

function filesIn({ statusCode, body = '', isBase64Encoded, headers }: Response) {
  assert.deepEqual([statusCode, isBase64Encoded, headers?.['content-type']], [200, true, 'application/zip']);
  assert.equal(headers?.['cache-control'], 'no-store');
  const files = Object.entries(unzipSync(Buffer.from(body, 'base64')));
  return new Map(files.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('the link "Export"', () => {
  test('downloads the range shown', async () => {
    const [href = '', ...more] = await hrefsIn({ period: 'today' });
    assert.deepEqual([href, more], ['export.zip?from=2026-11-18&to=2026-11-18', []]);
    const answer = await get(href);
    assert.match(String(answer.headers?.['content-disposition']), /footfall-2026-11-18-2026-11-18\.zip/);
    assert.deepEqual(
      [...filesIn(answer).keys()],
      [
        ...['days/blog.example.com/2026-11.csv', 'days/notes.example.org/2026-11.csv', 'days/(no site)/2026-11.csv'],
        ...['notes.csv', 'manifest.json'],
      ],
    );
  });

  test('downloads the site shown alone', async () => {
    const [href = ''] = await hrefsIn({ site: 'notes.example.org' });
    const files = filesIn(await get(href));
    assert.deepEqual([...files.keys()], ['days/notes.example.org/2026-11.csv', 'notes.csv', 'manifest.json']);
    assert.doesNotMatch([...files.values()].join(), /blog\.example|about all/);
  });

  test('of a part downloads only its dates, and notes only with the first part', async () => {
    const filesOf = async (part: string) => {
      const files = filesIn(await get(`export.zip?part=${part}&dates=2026-11..2026-11,2026-11-01..2026-11-17`));
      return [[...files.keys()], JSON.parse(files.get('manifest.json') ?? '').part];
    };
    assert.deepEqual(await filesOf('2/3'), [['manifest.json'], { number: 2, of: 3 }]);
    assert.deepEqual(await filesOf('1/3'), [['notes.csv', 'manifest.json'], { number: 1, of: 3 }]);
  });

  test('is for those who may see the numbers', async () => {
    assert.equal((await get('export.zip', {})).statusCode, 401);
    const { token } = await owner.pastes();
    assert.ok(filesIn(await get('export.zip', { authorization: `Bearer ${token}` })).has('notes.csv'));
  });

  test('of a read-only link has its site alone, and no notes', async () => {
    const link = await owner.createLink('2026-12-18', { site: 'notes.example.org' });
    const share = new URL(link).searchParams.get('share') ?? '';
    for (const more of ['', '&site=blog.example.com']) {
      const files = filesIn(await get(`export.zip?share=${share}${more}`, {}));
      assert.deepEqual([...files.keys()], ['days/notes.example.org/2026-11.csv', 'manifest.json']);
      assert.doesNotMatch([...files.values()].join(), /blog\.example|about/);
    }
  });

  for (const query of [
    'part=0/1',
    'part=3/2',
    'dates=x',
    'dates=2026-11-02..2026-11-01',
    'dates=2026..2026-11',
    'slice=1',
  ])
    test(`refuses ${query}`, async () => {
      const { statusCode, body } = await get(`export.zip?${query}`);
      assert.deepEqual(
        [statusCode, JSON.parse(body ?? '')],
        [400, { error: 'There is no such part: open the page "Share and export" again.' }],
      );
    });
});
