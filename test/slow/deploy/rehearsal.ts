import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { region } from '../../deploy/arns.ts';
import { readPolicy } from '../../deploy/policy.ts';
import { emptyFolder, packaged, root } from '../../deploy/sls.ts';
import { type Account, emptyAccount } from './account.ts';
import { keys, startAws } from './fake-aws.ts';

const settings = {
  SITES: 'blog.example.com',
  PUBLIC_DASHBOARD: 'true',
  LIVE: 'websocket',
  LAKE: 'on',
  PERMISSIONS_BOUNDARY: 'footfall-boundary',
  AWS_REGION: region,
};

/** What `sls package` makes with the settings of a rehearsal. */
const artifact = (await packaged(settings)).folder;

/** A folder that links to all of the project: `sls` writes into the folder that it runs in, and takes no link to its file. */
const project = await emptyFolder();
const generated = /^\.(env|esbuild|git|local|serverless)|^build$/;
for (const name of (await readdir(root)).filter((each) => !generated.test(each)))
  await (name === 'serverless.yml' ? cp : symlink)(join(root, name), join(project, name));
await mkdir(join(project, 'temporary'));

/** Returns the folder of an artifact as if it had been packaged some seconds later, and of a template that was edited. */
export async function laterArtifact(seconds: number, edit = (state: string) => state): Promise<string> {
  const folder = await emptyFolder();
  await cp(artifact, folder, { recursive: true });
  const path = join(folder, 'serverless-state.json');
  const state = await readFile(path, 'utf8');
  const [directory = '', timestamp = ''] = /(\d{13})-[\d-]+T[\d:.]+Z/.exec(state) ?? [];
  const later = Number(timestamp) + seconds * 1_000;
  await writeFile(path, edit(state.replaceAll(directory, `${later}-${new Date(later).toISOString()}`)));
  return folder;
}

/** Starts a stand-in for AWS whose user has the two deploy policies, and returns what runs real `sls` commands against it. */
export async function startRehearsal() {
  const policies = await Promise.all(['deploy-policy', 'deploy-policy-lake'].map(readPolicy));
  const account: Account = emptyAccount(policies.flatMap(({ statements }) => statements));
  const aws = await startAws(account);
  return {
    account,
    aws,
    close: aws.close,
    /** Runs `sls` with valid credentials, unless others are set; `deploy` takes what was packaged once. */
    async sls(command: string, more: Record<string, string | undefined> = {}) {
      const { artifact: from = artifact, ...environment } = more;
      const args = [...command.split(' '), ...(/^deploy\b/.test(command) ? ['--package', from] : [])];
      const seen = aws.calls.length;
      const result = await run(args, { AWS_ENDPOINT_URL: aws.url, ...environment });
      const calls = aws.calls.slice(seen);
      return { ...result, calls, operations: calls.map(({ call }) => `${call.service}:${call.operation}`) };
    },
  };
}

export type Rehearsal = Awaited<ReturnType<typeof startRehearsal>>;

/** Runs a test in an account of its own. */
export const rehearse = (name: string, run: (rehearsal: Rehearsal) => Promise<void>) =>
  test(name, async () => {
    const rehearsal = await startRehearsal();
    try {
      await run(rehearsal);
      assert.deepEqual(rehearsal.aws.errors, []);
    } finally {
      await rehearsal.close();
    }
  });

async function run(args: string[], environment: Record<string, string | undefined>) {
  const { PATH = '' } = process.env;
  const env = {
    ...{ PATH, HOME: join(project, 'nowhere'), TMPDIR: join(project, 'temporary') },
    ...settings,
    ...{ AWS_ACCESS_KEY_ID: keys.valid, AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true' },
    SLS_AWS_MONITORING_FREQUENCY: '10',
    ...environment,
  };
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(join(root, 'node_modules/.bin/sls'), args, { cwd: project, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}
