import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { networkOf } from '../../http/network.ts';

describe('the network of', () => {
  const run = (ip: string, want: string) => test(ip, () => assert.equal(networkOf(ip), want));

  run('192.0.2.1', '192.0.2.1');
  run('2001:db8::1', '2001:db8:0:0');
  run('2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0');
  run('2001:db8:0:0:1::', '2001:db8:0:0');
  run('2001:db8:1:2:3:4:5:6', '2001:db8:1:2');
  run('2001:db8::3:4:5:6', '2001:db8:0:0');
  run('2001:db8::2:3:4:5:6', '2001:db8:0:2');
  run('2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2');
  run('::1', '0:0:0:0');
  run('::', '0:0:0:0');
  run('fe80::1%eth0', 'fe80:0:0:0');
  run('::ffff:192.0.2.1', '192.0.2.1');
  run('::FFFF:c000:0201', '192.0.2.1');
  run('0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1');
  run('::192.0.2.1', '0:0:0:0');
  run('::ffff:0:192.0.2.1', '0:0:0:0');
  run('not an address', 'not an address');
});

const group = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(0xffff));
const mapped = fc.tuple(group, group).map((last) => [0, 0, 0, 0, 0, 0xffff, ...last]);
const addresses = fc.oneof(fc.array(group, { minLength: 8, maxLength: 8 }), mapped);

/** How to write an address: the width and case of each group, where to leave out zeros, and whether its end is IPv4. */
const spellings = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
  upperCase: fc.boolean(),
  zerosFrom: fc.nat(7),
  ipv4: fc.boolean(),
});
type Spelling = typeof spellings extends fc.Arbitrary<infer T> ? T : never;

function spelled(groups: number[], { widths, upperCase, zerosFrom, ipv4 }: Spelling): string {
  const texts = groups.map((group, i) => {
    const text = group.toString(16).padStart(widths[i] ?? 1, '0');
    return upperCase ? text.toUpperCase() : text;
  });
  const [high = 0, low = 0] = groups.slice(6);
  if (ipv4) texts.splice(6, 2, [high >> 8, high & 255, low >> 8, low & 255].join('.'));
  const ofZeros = groups.slice(0, texts.length - (ipv4 ? 1 : 0));
  let end = zerosFrom;
  while (ofZeros[end] === 0) end += 1;
  if (end === zerosFrom) return texts.join(':');
  return `${texts.slice(0, zerosFrom).join(':')}::${texts.slice(end).join(':')}`;
}

test('an address has one network, however it is written', () => {
  fc.assert(
    fc.property(addresses, spellings, spellings, (groups, one, other) => {
      const network = networkOf(spelled(groups, one));
      assert.equal(network, networkOf(spelled(groups, other)));
      const canonical = URL.parse(`http://[${spelled(groups, one)}]/`)?.hostname.slice(1, -1);
      assert.equal(network, networkOf(canonical ?? ''), 'as the URL parser writes it');
    }),
    { numRuns: 3_000 },
  );
});

test('two addresses have one network if their first 64 bits are the same, and else two', () => {
  fc.assert(
    fc.property(addresses, addresses, fc.boolean(), spellings, spellings, (a, b, isSame, one, other) => {
      fc.pre([a, b].every((groups) => groups.slice(0, 5).some((each) => each !== 0)));
      const neighbour = isSame ? [...a.slice(0, 4), ...b.slice(4)] : b;
      fc.pre(neighbour.slice(0, 5).some((each) => each !== 0));
      const same = a.slice(0, 4).join() === neighbour.slice(0, 4).join();
      assert.equal(networkOf(spelled(a, one)) === networkOf(spelled(neighbour, other)), same);
    }),
    { numRuns: 3_000 },
  );
});
