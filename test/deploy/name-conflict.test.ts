import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Serverless } from '../../deploy/cloudformation.ts';
import { explainConflict } from '../../deploy/name-conflict.ts';

/** `sls` with a template whose statistics go with the stack, and no way to ask CloudFormation. */
const serverless = {
  service: {
    provider: {
      compiledCloudFormationTemplate: {
        Resources: {
          SiteStatistics: table('SiteStatistics', 'Delete'),
          SiteVisitors: table('SiteVisitors'),
          TrackLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'footfall-prod-track' } },
        },
      },
    },
  },
  getProvider: () => ({ getRegion: () => 'eu-central-1' }),
} as unknown as Serverless;

function table(TableName: string, DeletionPolicy?: string) {
  return { Type: 'AWS::DynamoDB::Table', DeletionPolicy, Properties: { TableName } };
}

const importRefused = (affected: string) =>
  `CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are ${affected}`;

describe('a change set that is refused', () => {
  const run = (name: string, refusal: string, want: string[]) =>
    test(name, async () => assert.equal((await explainConflict(serverless, refusal)) ?? '', want.join('\n')));

  run(
    'for statistics that go with the stack: the setting that takes them in',
    importRefused('SiteStatistics ({TableName=SiteStatistics})'),
    [
      'CloudFormation refuses the deploy: the table SiteStatistics exists already, outside of this stack.',
      'To take SiteStatistics in with what it holds, set STATISTICS_ON_REMOVE=Retain and deploy again.',
    ],
  );
  run(
    'for two names: what to do about each',
    importRefused('SiteVisitors ({TableName=SiteVisitors}), TrackLambdaFunction ({FunctionName=footfall-prod-track})'),
    [
      'CloudFormation refuses the deploy: the table SiteVisitors and the function footfall-prod-track exist already, outside of this stack.',
      'If another stack has SiteVisitors, set TABLE_PREFIX to another prefix. This command shows the stack:',
      '  aws cloudformation describe-stack-resources --physical-resource-id SiteVisitors --region eu-central-1',
      'If you do not need SiteVisitors, delete it and deploy again:',
      '  aws dynamodb delete-table --table-name SiteVisitors --region eu-central-1',
      'If another stack has footfall-prod-track, deploy with another --stage. This command shows the stack:',
      '  aws cloudformation describe-stack-resources --physical-resource-id footfall-prod-track --region eu-central-1',
      'If you do not need footfall-prod-track, delete it and deploy again:',
      '  aws lambda delete-function --function-name footfall-prod-track --region eu-central-1',
    ],
  );
  run('for another reason: nothing', 'Template format error: Unresolved resource dependencies', []);
});
