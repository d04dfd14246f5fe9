import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keyring } from '../../http/keyring.ts';
import { type Claim, signToken } from '../../http/token.ts';

const key = new Uint8Array(32);
const link = { id: 'Zm9v', site: '', until: '2026-12-31', created: 0 } as const;
const stored = { key, generations: { owner: 0, api: 2, feed: 1 }, links: [link] };
const today = '2026-12-31';
const { sign, claimOf, linkToken, renewableToken } = keyring(stored, 'hash');

describe('a keyring', () => {
  const run = (kind: Claim['kind'], id: string, isValid: boolean, until: Claim['until'] = today) =>
    test(`${isValid ? 'takes' : 'refuses'} ${kind} "${id}" through ${until}`, () => {
      const claim: Claim = { kind, until, site: 'blog.example.com', id };
      assert.deepEqual(claimOf(signToken(claim, sign), kind, today), isValid ? claim : undefined);
    });

  run('owner', '0', true);
  run('owner', '0', false, '2026-12-30');
  run('owner', '1', false);
  run('owner', '', false);
  run('api', '2', true);
  run('api', '1', false);
  run('feed', '1', true);
  run('feed', '2', false);
  run('share', 'Zm9v', true);
  run('share', 'Zm9v', false, '2026-12-30');
  run('share', 'YmFy', false);
  run('share', '', false);
  run('known', 'browser', true);

  test('takes what it signed itself, as that kind only', () => {
    assert.equal(claimOf(linkToken(link), 'share', today)?.id, link.id);
    assert.equal(claimOf(renewableToken('api', 'blog.example.com'), 'api', today)?.site, 'blog.example.com');
    for (const kind of ['owner', 'share', 'feed', 'known'] as const)
      assert.equal(claimOf(renewableToken('api'), kind, today), undefined);
  });

  test('refuses what another key or password signed', () => {
    for (const other of [keyring({ ...stored, key: key.map(() => 1) }, 'hash'), keyring(stored, 'other')])
      assert.equal(claimOf(other.linkToken(link), 'share', today), undefined);
  });
});
