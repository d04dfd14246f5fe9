import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Sha256 } from '../../store/sha256.ts';

const { sha256: OfSdk } = new DynamoDBClient({ region: 'us-east-1' }).config;
const bytes = (text: string) => new TextEncoder().encode(text);

async function digests(secret: string | Uint8Array | undefined, parts: string[]) {
  return Promise.all(
    [Sha256, OfSdk].map(async (Hash) => {
      const hash = new Hash(secret);
      for (const part of parts) hash.update(bytes(part));
      return Buffer.from(await hash.digest()).toString('hex');
    }),
  );
}

test("hashes as the SDK's own class does, with and without a secret", async () => {
  const key = bytes('a key of bytes');
  for (const secret of [undefined, 'AWS4secret', key, key, bytes('another'), bytes('a key of bytes')])
    for (const parts of [[''], ['{"TableName":"SiteStatistics"}'], ['日本', 'x'.repeat(5_000)]]) {
      const [own, ofSdk] = await digests(secret, parts);
      assert.equal(own, ofSdk);
    }
});

test('begins anew after a reset', async () => {
  for (const secret of [undefined, bytes('key')]) {
    const [hash, fresh] = [new Sha256(secret), new Sha256(secret)];
    hash.update(bytes('before'));
    hash.reset();
    for (const each of [hash, fresh]) each.update(bytes('after'));
    assert.deepEqual(await hash.digest(), await fresh.digest());
  }
});
