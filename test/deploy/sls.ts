import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');

/**
 * Runs `sls` as an owner does who has set nothing else: no AWS credentials, no region. `leftovers` are the names of what the
 * run leaves in the temporary folder.
 */
export async function sls(args: string[], settings: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const folder = await emptyFolder();
  const workFolder = `.local/${basename(folder)}`;
  const TMPDIR = await emptyFolder();
  const env = {
    ...{ PATH, HOME: join(HOME, 'nowhere'), TMPDIR, TSX_DISABLE_CACHE: 'true', FOOTFALL_WORK_FOLDER: workFolder },
    ...settings,
  };
  try {
    const command = args[0] === 'package' ? [...args, '--package', folder] : args;
    const output = await promisify(execFile)(join(root, 'node_modules/.bin/sls'), command, { cwd: root, env });
    return { ...output, folder, leftovers: await readdir(TMPDIR) };
  } finally {
    await rm(join(root, workFolder), { recursive: true, force: true });
  }
}

/** A folder that is there until the test file ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-package-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Condition?: string;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

interface Template {
  Conditions?: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, unknown>;
}

/** What `sls package` made: the folder of the zips, and the template's resources by their names in it. */
export async function packaged(settings: Record<string, string>, args: string[] = []) {
  const { folder, leftovers } = await sls(['package', ...args], {
    SITES: 'blog.example.com',
    PUBLIC_DASHBOARD: 'true',
    ...settings,
  });
  const text = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  const template: Template = JSON.parse(text);
  const named = (type: string) => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  return {
    folder,
    leftovers,
    text,
    template,
    named,
    /** The properties of all resources of a type. */
    ofType: (type: string) => named(type).map(([, { Properties }]) => Properties),
  };
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  /** By operator and key: the values that alone are allowed. */
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What the role says of itself. */
export const statementsOf = (role: Record<string, unknown>): Statement[] =>
  (role.Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

/** The name in the template of what `!GetAtt name.Arn` points to; undefined for all else, such as `*`. */
export const nameIn = (value: unknown): string | undefined =>
  (value as { 'Fn::GetAtt'?: string[] })?.['Fn::GetAtt']?.join('.').replace(/\.Arn$/, '');

/** A function's name as the template's names begin with it. */
export const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
