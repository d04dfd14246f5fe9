import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DimensionName } from '../../core/counters/dimensions.ts';
import { labelOf } from '../../views/labels.ts';

const run = (dimension: DimensionName, name: string, want: string) =>
  test(`the ${dimension} ${JSON.stringify(name)} reads ${want}`, () => assert.equal(labelOf(dimension, name), want));

run('country', 'FR', '🇫🇷 France');
run('country', '(unknown)', '🌐 Unknown');
run('language', 'fr', 'French');
run('language', '(unknown)', 'Unknown');
run('device', 'desktop', 'Desktop');
run('device', 'mobile', 'Phone');
run('channel', 'ai', 'AI assistants');
run('channel', '(unknown)', 'Unknown');
run('channel', 'constructor', 'constructor');
run('referrer', '(direct)', 'Direct or unknown');
run('referrer', '(other)', 'Other');
// Words of Footfall and of JavaScript are only names where a link says them.
for (const name of ['mobile', 'FR', '__proto__', 'constructor', 'tostring']) run('source', name, name);
run('source', '\u202eyvan', 'yvan');

test('has a name for each country and language that Intl knows, and the code of any other', () => {
  const countries = new Intl.DisplayNames('en', { type: 'region' });
  const languages = new Intl.DisplayNames('en', { type: 'language' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    assert.equal(labelOf('country', code.toUpperCase()).slice(5), countries.of(code.toUpperCase()));
    assert.equal(labelOf('language', code), languages.of(code));
  }
});
