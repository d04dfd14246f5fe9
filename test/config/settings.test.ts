import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readLimits, readTableNames } from '../../config/function-settings.ts';
import { readSetting, type Setting, type SettingName, settings } from '../../config/settings.ts';
import { checkDeployment, checkSettings } from '../../deploy/check-settings.ts';
import { root } from '../../local/folder.ts';

describe('the sites', () => {
  const run = (sites: string, want: string[]) =>
    test(sites, () => assert.deepEqual(readSetting('SITES', { SITES: sites }), want));

  run('blog.example.com', ['blog.example.com']);
  run(' Blog.Example.com , example.org,', ['blog.example.com', 'example.org']);
  run('https://blog.example.com/', ['blog.example.com']);
  run('localhost:3001', ['localhost:3001']);
  run('bücher.example', ['xn--bcher-kva.example']);
  run('a.example,a.example', ['a.example']);
});

test('an unset setting has its default', () => {
  assert.deepEqual(readLimits({}), { detailDays: 45, maxPagesPerDay: 5000, maxNamesPerDimension: 24 });
  assert.deepEqual(readTableNames({}), {
    statisticsTable: 'SiteStatistics',
    visitorsTable: 'SiteVisitors',
    liveTable: 'SiteLive',
  });
  const read = (name: SettingName) => readSetting(name, { [name]: '' });
  assert.deepEqual(
    ['TIME_ZONE', 'VISITORS', 'PAGE_URLS', 'HIT_TIMEOUT', 'PUBLIC_DASHBOARD'].map((name) => read(name as SettingName)),
    ['UTC', 'on', 'merged', 1000, 'false'],
  );
});

test('a prefix names both tables', () => {
  const names = readTableNames({ TABLE_PREFIX: 'Site-dev-' });
  assert.deepEqual(names, {
    statisticsTable: 'Site-dev-Statistics',
    visitorsTable: 'Site-dev-Visitors',
    liveTable: 'Site-dev-Live',
  });
});

test('every default is one that the setting takes, or must be set', () => {
  for (const name of Object.keys(settings) as SettingName[])
    if (name === 'SITES') assert.throws(() => readSetting(name, {}), /^Error: SITES is not set: /);
    else assert.notEqual(readSetting(name, {}), undefined, name);
});

test('what only CloudFormation reads is fine where it is left out, and where it is right', () => {
  const ready = { SITES: 'a.example', PUBLIC_DASHBOARD: 'true' };
  checkDeployment({ ...ready, API_RATE: '', MONTHLY_BUDGET: '' });
  const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/0e8f-1';
  checkDeployment({
    ...ready,
    MONTHLY_BUDGET: '7.50',
    ALARM_EMAIL: 'me@a.example',
    API_RATE: '50',
    HIT_TIMEOUT: '3000',
  });
  checkDeployment({
    ...ready,
    DOMAIN: 'stats.a.example',
    CERTIFICATE_ARN: certificate,
    STATISTICS_ON_REMOVE: 'Delete',
  });
});

test('the free units are for the stage prod alone, because an account has them once', () => {
  const free = { SITES: 'a.example', PUBLIC_DASHBOARD: 'true', CAPACITY: 'free' };
  checkDeployment(free, 'prod');
  checkDeployment({ ...free, CAPACITY: 'on-demand' }, 'dev');
  assert.throws(() => checkDeployment(free, 'dev'), {
    message: /^CAPACITY is "free", but the stage is dev: .* Leave CAPACITY out for dev\.$/,
  });
});

test('summaries of days are kept for as long as their month may be added up again', () => {
  const env = { SITES: 'a.example', PUBLIC_DASHBOARD: 'true' };
  checkSettings({ ...env, RETENTION_DAYS: '77' });
  checkSettings({ ...env, DETAIL_DAYS: '35', RETENTION_DAYS: '67' });
  assert.throws(() => checkSettings({ ...env, RETENTION_DAYS: '76' }), {
    message: 'RETENTION_DAYS is "76": with DETAIL_DAYS of 45, it takes at least 77.',
  });
});

test('a machine that is slower than Lambda may take more time for a hit', () => {
  checkSettings({ SITES: 'a.example', PUBLIC_DASHBOARD: 'true', HIT_TIMEOUT: '20000' });
});

describe('a wrong setting is told in a sentence', () => {
  const run = (env: Record<string, string>, want: RegExp) =>
    test(JSON.stringify(env), () => assert.throws(() => checkDeployment(env), { name: 'Error', message: want }));

  run({}, /^SITES is not set: .* for example SITES=blog\.example\.com\.$/);
  run({ SITES: ' , ' }, /^SITES is not set: /);
  run(
    { SITES: 'https://a.example/blog' },
    /^SITES is "https:\/\/a\.example\/blog": it takes hosts as in the address bar/,
  );
  run({ SITES: 'a b' }, /^SITES is "a b": it takes hosts/);
  run({ SITES: '*' }, /^SITES is "\*"/);
  run({ SITES: 'me@a.example' }, /^SITES is "me@a\.example"/);
  run({ SITES: 'ftp://a.example' }, /^SITES is "ftp:/);
  run({ SITES: 'a.example', TIME_ZONE: 'Berlin' }, /^TIME_ZONE is "Berlin": it takes an IANA time zone/);
  run({ SITES: 'a.example', DETAIL_DAYS: '34' }, /^DETAIL_DAYS is "34": it takes a whole number from 35 to 99999\.$/);
  run({ SITES: 'a.example', RETENTION_DAYS: '0' }, /^RETENTION_DAYS is "0"/);
  run({ SITES: 'a.example', RETENTION_DAYS: '1.5' }, /^RETENTION_DAYS is "1\.5"/);
  run({ SITES: 'a.example', TABLE_PREFIX: 'no table' }, /^TABLE_PREFIX is "no table": it takes up to 200 letters/);
  run({ SITES: 'a.example', TABLE_PREFIX: 'x'.repeat(201) }, /^TABLE_PREFIX is "x+"/);
  run({ SITES: 'a.example', VISITORS: 'yes' }, /^VISITORS is "yes": it takes on or off\.$/);
  run({ SITES: 'a.example', MAX_PAGES_PER_DAY: '0' }, /^MAX_PAGES_PER_DAY is "0"/);
  run({ SITES: 'a.example', MAX_NAMES_PER_DIMENSION: '-1' }, /^MAX_NAMES_PER_DIMENSION is "-1"/);
  run({ SITES: 'a.example', MAX_NAMES_PER_DIMENSION: '41' }, /: it takes a whole number from 1 to 40\.$/);
  const ready = { SITES: 'a.example', PUBLIC_DASHBOARD: 'true' };
  run({ ...ready, API_RATE: '0' }, /^API_RATE is "0": it takes a whole number from 1 to 99999\.$/);
  run(
    { ...ready, MONTHLY_BUDGET: 'five', ALARM_EMAIL: 'me@a.example' },
    /^MONTHLY_BUDGET is "five": it takes US dollars/,
  );
  run({ ...ready, MONTHLY_BUDGET: '5' }, /^MONTHLY_BUDGET needs ALARM_EMAIL/);
  run({ ...ready, ALARM_EMAIL: 'me' }, /^ALARM_EMAIL is "me": it takes an e-mail address/);
  run({ ...ready, CAPACITY: '25' }, /^CAPACITY is "25": it takes on-demand or free\.$/);
  run({ ...ready, LIVE: 'on' }, /^LIVE is "on": it takes refresh, websocket or off\.$/);
  run({ ...ready, LAKE: 'yes' }, /^LAKE is "yes": it takes off or on\.$/);
  run({ ...ready, LAKE_DAYS: '31' }, /^LAKE_DAYS is "31": it takes a whole number from 32 to 3650\.$/);
  run(
    { ...ready, LAKE: 'on', TIME_ZONE: 'America/Port-au-Prince' },
    /^TIME_ZONE is .* Choose a city with the same clock/,
  );
  run({ ...ready, STATISTICS_ON_REMOVE: 'keep' }, /^STATISTICS_ON_REMOVE is "keep": it takes Retain or Delete/);
  run({ ...ready, DOMAIN: 'https://stats.a.example' }, /^DOMAIN is "https:/);
  run({ ...ready, DOMAIN: 'stats.a.example' }, /^DOMAIN needs CERTIFICATE_ARN/);
  run(
    { ...ready, CERTIFICATE_ARN: 'arn:aws:acm:eu-central-1:123456789012:certificate/0e8f-1' },
    /^CERTIFICATE_ARN needs DOMAIN/,
  );
  run({ SITES: 'a.example', HIT_TIMEOUT: '1s' }, /^HIT_TIMEOUT is "1s"/);
  run({ ...ready, HIT_TIMEOUT: '3001' }, /^HIT_TIMEOUT is "3001": it takes from 100 to 3000 milliseconds\.$/);
  run({ ...ready, HIT_TIMEOUT: '99' }, /^HIT_TIMEOUT is "99": /);
  run({ SITES: 'a.example', RETENTION_DAYS: 'forever' }, /^RETENTION_DAYS is "forever"/);
});

test('docs/settings.md lists each setting once, with its default', async () => {
  const text = await readFile(join(root, 'docs/settings.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` \|.*\| (.*) \|$/gm)].map(([, name, usual]) => [name, usual]);
  const wanted = Object.entries<Setting<unknown>>(settings).map(([name, { default: usual, required }]) => [
    name,
    required ? 'required' : usual ? `\`${usual}\`` : 'none',
  ]);
  assert.deepEqual(listed.sort(), wanted.sort());
});
