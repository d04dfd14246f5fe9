import { account, region } from '../../deploy/arns.ts';
import type { Resource } from '../../deploy/sls.ts';

export interface Template {
  Conditions?: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

/** Returns the resources whose condition holds. */
export const wantedResources = (template: Omit<Template, 'Outputs'>): Record<string, Resource> =>
  Object.fromEntries(Object.entries(template.Resources).filter(([, { Condition }]) => holds(template, Condition)));

/** Returns the outputs, in which `Ref` and `GetAtt` name what a resource is called on AWS. */
export const outputsOf = (template: Template, physicalId: (id: string) => string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(template.Outputs ?? {})
      .filter(([, { Condition }]) => holds(template, Condition))
      .map(([key, { Value }]) => [key, textOf(template, physicalId, Value)]),
  );

/** Returns what `Fn::If` chooses of a value, as a list that is empty for no value. */
export function chosen<T>(template: Pick<Template, 'Conditions'>, value: T): T[] {
  const [condition, yes, no] = (value as { 'Fn::If'?: [string, T, T] })['Fn::If'] ?? [];
  if (condition === undefined) return (value as { Ref?: string }).Ref === 'AWS::NoValue' ? [] : [value];
  return chosen(template, (holds(template, condition) ? yes : no) as T);
}

function holds(template: Pick<Template, 'Conditions'>, name: string | undefined): boolean {
  if (name === undefined) return true;
  const isTrue = (condition: unknown): boolean => {
    const [[operator, operands] = ['', []]] = Object.entries(condition as Record<string, unknown>);
    const list = operands as unknown[];
    if (operator === 'Condition') return holds(template, operands as string);
    if (operator === 'Fn::Equals') return list[0] === list[1];
    if (operator === 'Fn::Not') return !isTrue(list[0]);
    if (operator === 'Fn::And') return list.every(isTrue);
    throw new Error(`The stand-in does not know the condition ${operator}.`);
  };
  return isTrue(template.Conditions?.[name]);
}

const pseudo: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

function textOf(template: Template, physicalId: (id: string) => string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[operator, operands] = ['', undefined]] = Object.entries(value);
  const text = (each: unknown) => textOf(template, physicalId, each);
  const ref = (name: string) => pseudo[name] ?? physicalId(name);
  if (operator === 'Ref') return ref(operands);
  if (operator === 'Fn::GetAtt') return `${physicalId(operands[0])}.${operands[1]}`;
  if (operator === 'Fn::Join') return operands[1].map(text).join(operands[0]);
  if (operator === 'Fn::Sub') return operands.replace(/\$\{([\w:]+)\}/g, (_: string, name: string) => ref(name));
  if (operator === 'Fn::If') return text(holds(template, operands[0]) ? operands[1] : operands[2]);
  throw new Error(`The stand-in does not know the function ${operator}.`);
}
