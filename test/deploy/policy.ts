import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { account, region } from './arns.ts';
import { root, type Statement } from './sls.ts';

/** What somebody asks AWS to do; the context is what conditions of a policy can look at. */
export interface Attempt {
  action: string;
  resource: string;
  context?: Record<string, string>;
}

/** Reads a policy of the folder infra/, filled in as docs/deploying.md says. Its size leaves white space out, as IAM's does. */
export async function readPolicy(name: string): Promise<{ size: number; statements: Statement[] }> {
  const text = await readFile(join(root, 'infra', `${name}.json`), 'utf8');
  const filled = text.replaceAll('REGION', region).replaceAll('ACCOUNT', account);
  const statements: Statement[] = JSON.parse(filled).Statement;
  return { size: filled.replace(/\s/g, '').length, statements };
}

/** Returns whether one of the statements allows an attempt, as IAM decides it. Throws for a condition that it does not know. */
export const allows = (statements: Statement[], { action, resource, context = {} }: Attempt): boolean =>
  statements.some(
    ({ Effect, Action, Resource, Condition = {} }) =>
      Effect === 'Allow' &&
      matchesOne(
        action.toLowerCase(),
        [Action].flat().map((each) => each.toLowerCase()),
      ) &&
      matchesOne(resource, Resource as string | string[]) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, values]) => holds(operator, context[key], values)),
      ),
  );

/** Returns whether a text matches one of the patterns, in which `*` stands for anything. */
export const matchesOne = (text: string, patterns: string | string[]): boolean =>
  [patterns].flat().some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(text);
  });

function holds(operator: string, value: string | undefined, wanted: string | string[]): boolean {
  if (operator === 'StringEquals') return [wanted].flat().includes(value ?? '');
  if (operator === 'ArnLike') return matchesOne(value ?? '', wanted);
  throw new Error(`A policy has the condition ${operator}: teach test/deploy/policy.ts what it means.`);
}
