import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { parseLiveToken, signLiveToken } from '../../http/live-token.ts';
import { parseToken, signText, signToken } from '../../http/token.ts';

const sign = (text: string) => createHmac('sha256', 'key').update(text).digest();
const claim = { expires: 1060, site: 'blog.example.com', origin: 'https://stats.example.com' };
const token = signLiveToken(claim, sign);

test('a token says what was signed until it is over', () => {
  assert.deepEqual(parseLiveToken(token, sign, 1059), claim);
  const all = { ...claim, site: '' };
  assert.deepEqual(parseLiveToken(signLiveToken(all, sign), sign, 1059), all);
});

describe('opens nothing:', () => {
  const run = (name: string, text: string, now = 1059) =>
    test(name, () => assert.equal(parseLiveToken(text, sign, now), undefined));
  run('a token that is over', token, 1060);
  run('an empty text', '');
  run(
    'a forged token',
    signLiveToken(claim, (text) => createHmac('sha256', 'other').update(text).digest()),
  );
  run('a read-only link', signToken({ kind: 'share', until: '9999-12-31', site: '', id: 'x' }, sign));
  run('a token without an end', signText('live never blog.example.com https://stats.example.com', sign));
});

test('a token of the live view is no other token', () => {
  assert.equal(String(parseToken(token, sign)?.kind), 'live');
});
