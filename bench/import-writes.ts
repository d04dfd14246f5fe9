import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { startMeter } from '../local/meter.ts';
import { importsStore } from '../store/imports.ts';
import { readImport } from '../transfer/days/read-import.ts';
import type { Entry } from '../transfer/format.ts';
import { neutralCsv } from '../transfer/formats/neutral-csv.ts';

// Measures what it costs to store ten years of a blog with 300 pages. Each day has views of 40 of them, with four names each.
const [years = '10'] = process.argv.slice(2);
const firstDay: Day = '2016-11-01';
const count = Math.round(Number(years) * 365.25);
const now = Date.parse(dayAfter(firstDay, count)) + 43_200_000;
const pagesOfDay = 40;

function linesOf(day: Day, number: number): string {
  const lines = Array.from({ length: pagesOfDay }, (_, i) => {
    const start = `${day},/posts/${(number * 7 + i * i) % 300}/what-one-table-is-enough-for`;
    const names = ['country,DE', 'device,mobile', 'browser,Firefox', `referrer,site${(number + i) % 90}.example`];
    return `${start},${90 - i},${60 - i},5,9,4,700,,,\n${names.map((name) => `${start},,,,,,,${name},9\n`).join('')}`;
  });
  return lines.join('');
}

const header = 'date,url,views,visitors,site_visitors,visits,engaged,seconds,dimension,name,count\n';
const entry: Entry = {
  name: 'ten-years.csv',
  head: header,
  async *chunks() {
    yield Buffer.from(header);
    for (let number = 0; number < count; number++) yield Buffer.from(linesOf(dayAfter(firstDay, number), number));
  },
};

const database = await useDatabaseProcess();
const meter = await startMeter(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
const client = new DynamoDBClient({ endpoint: meter.endpoint });
const read = await readImport(neutralCsv, [entry], {
  ...{ origin: 'https://blog.example.com', timeZone: 'UTC', pageUrls: 'merged', now, whyLeftOut: () => undefined },
  caps: { maxPagesPerDay: 5_000, maxNamesPerDimension: 24 },
  summaryCaps: { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 },
});
const imported = { name: 'ten-years', site: 'blog.example.com', tool: 'CSV', hasHours: false, days: read.days };
await importsStore(client, 'SiteStatistics').write(imported, read.summaries(), { epoch: now, retentionDays: 760 });
const { writes, 'write units': units } = meter.charged();
console.log(`Storing ${years} years of 300 pages: ${writes} writes, ${units} write units`);
read.close();
client.destroy();
await meter.close();
database.close();
