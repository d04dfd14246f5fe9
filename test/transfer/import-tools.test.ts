import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { importing, now, store } from './import-place.ts';

const zipOf = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

/** Tests that an export is recognized and stored with these sums and names. */
const run = (title: string, content: string | Uint8Array, tool: string, want: Record<string, number>) =>
  test(title, async (t) => {
    const { receipt } = await importing(t, { export: content });
    assert.equal(receipt.tool, tool);
    const { month } = await store.totals(receipt.name, now);
    assert.deepEqual(Object.fromEntries(Object.keys(want).map((name) => [name, month.get(name)])), want);
    assert.ok(receipt.sums.every(({ isEqual }) => isEqual));
  });

const dims = 'visitors,visits,visit_duration,bounces,pageviews';
run(
  'a zip of Plausible is imported',
  zipOf({
    'imported_visitors_20250305_20250305.csv': `"date",${dims}\n"2025-03-05",10,12,600,4,30\n`,
    'imported_pages_20250305_20250305.csv': `"date","hostname","page","visits","visitors","pageviews"\n"2025-03-05","blog.example","/",9,8,25\n`,
    'imported_entry_pages_20250305_20250305.csv': `"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"\n"2025-03-05","/",8,9,500,3,20\n`,
    'imported_browsers_20250305_20250305.csv': `"date","browser","browser_version",${dims}\n"2025-03-05","Chrome","1",1,12,1,1,1\n`,
  }),
  'Plausible',
  { views: 30, visits: 12, site_visitors: 10, engaged: 8, seconds: 600, browser_Chrome: 12, 'channel_(unknown)': 12 },
);

run(
  'a JSON export of GoatCounter is imported',
  zipOf({
    'g/info.json': '{"export_version": "1.0"}',
    'g/paths.jsonl': '{"id":1,"path":"/","title":""}\n',
    'g/refs.jsonl': '{"id":2,"ref":"Google","ref_scheme":"g"}\n',
    'g/hit_stats.jsonl': '{"hour":"2025-03-05T23:00:00Z","path_id":1,"ref_id":2,"count":4}\n',
    'g/location_stats.jsonl': '{"day":"2025-03-05","path_id":1,"location":"RO-B","count":4}\n',
  }),
  'GoatCounter (JSON)',
  { views: 4, visits: 4, unlinked: 4, hour_00: 4, 'referrer_google.com': 4, country_RO: 4, 'language_(unknown)': 4 },
);

run(
  'a packed CSV of GoatCounter is imported',
  gzipSync(
    `2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date
/,T,0,,Chrome 86,Windows 7,s1,0,www.reddit.com/r/x,h,"1280,768,1",AR,1,2025-03-05T10:00:00Z
/a,T,0,,Chrome 86,Windows 7,s1,0,,o,"1280,768,1",AR,1,2025-03-05T10:01:00Z
`,
  ),
  'GoatCounter (CSV)',
  { views: 2, visits: 1, site_visitors: 1, engaged: 1, seconds: 60, 'referrer_reddit.com': 1, os_Windows: 1 },
);

run(
  'data points of Simple Analytics are imported',
  `added_iso,hostname,path,is_unique,document_referrer,country_code,browser_name,datapoint,session_id
2025-03-05T10:00:00Z,blog.example,/,true,https://www.google.com/,DE,Chrome,pageview,s1
2025-03-05T10:01:00Z,blog.example,/,false,,DE,Chrome,signup,s1
`,
  'Simple Analytics',
  { views: 1, visits: 1, event_signup: 1, country_DE: 1, browser_Chrome: 1, channel_search: 1 },
);

run(
  'views of Fathom are imported',
  `datetime,hostname,pathname,referrer_hostname,country_code,pageviews,visits,uniques,avg_duration,bounce_rate
2025-03-05 09:00:00,https://blog.example,/,https://www.google.com,DE,7,4,5,30,0.25
`,
  'Fathom',
  { views: 7, visits: 4, visitors: 5, site_visitors: 4, engaged: 3, seconds: 120, hour_09: 7, country_DE: 4 },
);

run(
  'visits of Matomo are imported, in UTF-16',
  Buffer.from(
    `\ufeffidVisit,visitorId,referrerType,referrerUrl,actionDetails_0_type,actionDetails_0_url,actionDetails_0_timestamp,actionDetails_1_type,actionDetails_1_url,actionDetails_1_timestamp,countryCode
1,a,search,https://www.google.com/,action,https://blog.example/,1741168800,action,https://blog.example/a,1741168830,de
2,b,direct,,action,https://blog.example/,1741168800,,,,fr
`,
    'utf16le',
  ),
  'Matomo',
  { views: 3, visits: 2, site_visitors: 2, engaged: 1, seconds: 30, country_DE: 1, country_FR: 1, hour_11: 3 },
);

run(
  'a dated report of Google Analytics is imported',
  `\ufeff# ----------------------------------------
# Free form 1
# ----------------------------------------

Date,Page path and screen class,Views,Active users
,,12,5
20250305,/,10,4
20250306,/a,2,1
`,
  'Google Analytics 4',
  { views: 12, visitors: 5 },
);

test('an undated report of Google Analytics is refused with the export to make instead', async (t) => {
  const report = '# -----------------------------\n\nPage path and screen class,Views\n/,9\n';
  const refusal = importing(t, { 'r.csv': report }, { isDryRun: true });
  await assert.rejects(refusal, /^Error: This report of Google Analytics has no column "Date"/);
});
