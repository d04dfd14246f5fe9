import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { summaryBuilder } from '../../../core/counters/summary-builder.ts';
import { localClient } from '../../../local/local-client.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { summariesStore } from '../../../store/summaries.ts';
import { openFiles } from '../../../transfer/files/open-files.ts';
import { ownExports } from '../../../transfer/own/exported-files.ts';
import { readOwnExport } from '../../../transfer/own/read-own-export.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';
import { to } from '../../functions/owner.ts';

const site = 'blog.example.com';
const { dashboard, stats } = await startFunctions({ SITES: site });
const folder = await mkdtemp(join(tmpdir(), 'footfall-large-'));
after(() => rm(folder, { recursive: true }));
const epoch = Date.parse('2026-11-20T12:00:00Z');
const days = ['2026-11-17', '2026-11-18', '2026-11-19'] as const;
const dimensions = ['source', 'medium', 'campaign', 'term', 'content', 'event', 'referrer'];
const [pages, namesOfEach] = [5_000, 24];
/** A Lambda answer holds 6 MB, base64 included. */
const maxAnswer = 6 * 1024 * 1024;

async function flood(day: (typeof days)[number], number: number): Promise<void> {
  const builder = summaryBuilder();
  for (let page = 0; page < pages; page++) {
    const counters = new Map([['views', 1 + (page % 7)]]);
    for (const dimension of dimensions)
      for (let i = 0; i < namesOfEach; i++)
        counters.set(`${dimension}_n${(page * 7919 + i * 104_729 + number) % 2_000}`, 1 + ((page + i) % 3));
    builder.addRow(`https://${site}/${page}`, counters);
  }
  const caps = { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 };
  const summary = builder.summary(caps);
  await summariesStore(localClient(), 'SiteStatistics').replace(
    { site, date: day, summary, expires: undefined },
    epoch,
  );
}

test('a flooded range is exported in parts that fit into answers, and together have all counts', async () => {
  for (const [number, day] of days.entries()) await flood(day, number);
  await rollupState(localClient(), 'SiteStatistics').advance('2026-11-19', new Map([[site, days[0]]]));
  const page = textOf(await dashboard({ path: '/share', query: { from: days[0], to: '2026-11-20' }, epoch }));
  const hrefs = [...page.matchAll(/href="(export\.zip[^"]*)" download>Part/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  assert.ok(hrefs.length > 1, `${hrefs.length} parts`);
  const files: string[] = [];
  for (const [i, href] of hrefs.entries()) {
    const { statusCode, body = '' } = await stats({ epoch, ...to(`https://stats.example.com/${href}`) });
    assert.equal(statusCode, 200);
    assert.ok(JSON.stringify(body).length < maxAnswer, `${body.length} bytes`);
    files.push(join(folder, `${i}.zip`));
    await writeFile(files[i] ?? '', Buffer.from(body, 'base64'));
  }
  const rows = new Map<string, number>();
  const { entries } = await openFiles(files);
  for (const each of await ownExports(entries))
    await readOwnExport(each, site, {
      summary: (_, date, __, count) => rows.set(date, (rows.get(date) ?? 0) + count),
      note: () => {},
    });
  for (const day of days)
    assert.ok((rows.get(day) ?? 0) >= pages * dimensions.length * namesOfEach, `${rows.get(day)}`);
  const whole = await stats({ epoch, path: '/export.zip', query: { from: days[0], to: '2026-11-20' } });
  assert.equal(whole.statusCode, 413);
});
