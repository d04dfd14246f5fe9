import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { normalizeName } from '../../../core/collect/name.ts';

describe('the name of a value', () => {
  const run = (value: string, want: string) =>
    test(JSON.stringify(value), () => {
      assert.equal(normalizeName(value), want);
      assert.equal(normalizeName(want), want, 'naming twice changes nothing');
    });

  run('twitter', 'twitter');
  run(' Hacker-News ', 'hacker-news');
  run('news.ycombinator.com', 'news.ycombinator.com');
  run('日本', '日本');
  run('#x', '#x');
  run("'; DROP TABLE SiteStatistics; --", "'; drop table sitestatistics; --");
  run('', '');
  run(' \t\n ', '');
  run('a\u0000b\u001bc\u009fd', 'abcd');
  run('moc\u202egro', 'mocgro');
  run('cafe\u0301', 'caf\u00e9');
  run('İ', 'i\u0307');
  run('\ud800x', '\ufffdx');
  run('\u200b', '');
  run('\u200d', '');
  run('twit\u00adter', 'twitter');
  run('a\u2028b', 'ab');
  run('👩\u200d💻', '👩\u200d💻');
  run('x'.repeat(65), 'x'.repeat(64));
  run(`${'a'.repeat(63)}\u200db`, 'a'.repeat(63));
  run('😀'.repeat(17), '😀'.repeat(16));
  run(`xx${'日'.repeat(21)}`, `xx${'日'.repeat(20)}`);
  run(`${'x'.repeat(63)} y`, 'x'.repeat(63));
});
