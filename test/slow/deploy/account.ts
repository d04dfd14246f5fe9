import type { Statement } from '../../deploy/sls.ts';
import type { Stack } from './stack.ts';

/** What an AWS account holds, as far as a deployment meets it. */
export interface Account {
  /** What the one user of the account may do. */
  policy: Statement[];
  stacks: Stack[];
  /** By bucket and key. */
  buckets: Map<string, Map<string, StoredObject>>;
  /** By type and name, like `AWS::DynamoDB::Table SiteVisitors`: resources whose name the template chose. */
  named: Map<string, NamedResource>;
  /** By name in the template: why AWS cannot create or change the resource. */
  failures: Map<string, string>;
}

export interface StoredObject {
  body: Buffer;
  modified: Date;
  metadata: Record<string, string>;
}

export interface NamedResource {
  /** The stack that it belongs to, if one does. */
  stackId: string | undefined;
  /** How many items it holds: what is lost with it. */
  items: number;
  modified: Date;
}

/** Returns an account in which nothing is yet. */
export const emptyAccount = (policy: Statement[]): Account => ({
  policy,
  stacks: [],
  buckets: new Map(),
  named: new Map(),
  failures: new Map(),
});
