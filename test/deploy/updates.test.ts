import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, matchesGlob } from 'node:path';
import { test } from 'node:test';
import { root } from './sls.ts';

const require = createRequire(import.meta.url);
const { load } = require('js-yaml');

interface Update {
  'package-ecosystem': string;
  directory: string;
  schedule: { interval: string };
  groups: Record<string, { patterns?: string[]; 'dependency-type'?: string }>;
}
const { updates }: { updates: Update[] } = load(await readFile(join(root, '.github/dependabot.yml'), 'utf8'));
const { dependencies, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

test('asks for new versions of packages and actions every week', () => {
  assert.deepEqual(
    updates.map((update) => [update['package-ecosystem'], update.directory, update.schedule.interval]),
    [
      ['npm', '/', 'weekly'],
      ['github-actions', '/', 'weekly'],
    ],
  );
});

test('updates the AWS SDK in one pull request, and all tools in another', () => {
  const groups = updates[0]?.groups ?? {};
  const groupOf = (name: string, type: string) =>
    Object.keys(groups).find((group) => {
      const { patterns = ['**'], 'dependency-type': wanted = type } = groups[group] ?? {};
      return wanted === type && patterns.some((pattern) => matchesGlob(name, pattern));
    });
  const isOfAws = (name: string) => /^@(aws-sdk|smithy)\//.test(name);
  for (const name of Object.keys(dependencies))
    assert.equal(groupOf(name, 'production'), isOfAws(name) ? 'aws-sdk' : undefined);
  for (const name of Object.keys(devDependencies))
    assert.equal(groupOf(name, 'development'), isOfAws(name) ? 'aws-sdk' : 'tools');
});

test('all packages of the AWS SDK have one version', () => {
  const versions = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => /^@aws-sdk\//.test(name));
  assert.ok(versions.length > 2);
  assert.equal(new Set(versions.map(([, version]) => version)).size, 1, JSON.stringify(versions));
});

test('a package that runs in a function has an exact version, not a range', () => {
  for (const version of Object.values(dependencies)) assert.match(String(version), /^\d+\.\d+\.\d+$/);
});
