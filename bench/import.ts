import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readImport } from '../transfer/days/read-import.ts';
import { recognize } from '../transfer/formats.ts';
import { generatedExport, generatedFormats } from './export-generator.ts';
import { peakMemory } from './peak-memory.ts';

// Measures how fast exports are read and added up, and the peak of memory, without a store. Each size has a process of its
// own: `node --import tsx bench/import.ts [MB [format]]`. The export is made while it is read, so 5000 MB need no disk for
// it. Temporary files take about a fifth of that.
const [megabytes = '100', only, role] = process.argv.slice(2);

/** Those of `npm run import` in package.json. */
const memoryOptions = ['--max-old-space-size=400', '--max-semi-space-size=8'];

async function measure(name: string) {
  const { entries, lines } = generatedExport(name, Number(megabytes));
  const start = performance.now();
  const read = await readImport(recognize(entries), entries, {
    ...{ origin: 'https://blog.example.com', timeZone: 'Europe/Berlin', pageUrls: 'merged' },
    ...{ now: Date.UTC(2099, 0), whyLeftOut: () => undefined },
    caps: { maxPagesPerDay: 5_000, maxNamesPerDimension: 24 },
    summaryCaps: { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 },
  });
  const secondsToRead = (performance.now() - start) / 1000;
  let views = 0;
  for (const { date, summary } of read.summaries()) if (date.length === 4) views += summary.totals.get('views') ?? 0;
  const seconds = (performance.now() - start) / 1000;
  read.close();
  return {
    'lines, thousand': Math.round(lines / 1000),
    'views, thousand': Math.round(views / 1000),
    'lines a second': Math.round(lines / seconds),
    'MB a second': Math.round(Number(megabytes) / seconds),
    'reading, s': Math.round(secondsToRead),
    'adding up, s': Math.round(seconds - secondsToRead),
    'peak memory, MB': peakMemory(),
  };
}

if (role === 'child') {
  const result = await measure(only ?? '');
  if (process.send) process.send(result);
  else console.log(result);
} else {
  const results: Record<string, object> = {};
  for (const name of Object.keys(generatedFormats).filter((each) => !only || each.startsWith(only))) {
    const child = fork(import.meta.filename, [megabytes, name, 'child'], {
      execArgv: [...process.execArgv, ...memoryOptions],
    });
    const [result] = await once(child, 'message');
    results[name] = result;
  }
  console.log(`npm run import of ${megabytes} MB, without the store`);
  console.table(results);
}
