import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { arnOf, boundaryArn, elsewhere, functionArn } from './arns.ts';
import { type Attempt, matchesOne } from './policy.ts';
import type { Resource } from './sls.ts';

/** By type and property: the actions that its handlers need only for resources with the property. */
const onlyWith: Record<string, Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': { BodyS3Location: 's3:getObject' },
  'AWS::ApiGatewayV2::Integration': { CredentialsArn: 'iam:PassRole' },
  'AWS::Athena::WorkGroup': {
    ExecutionRole: 'iam:PassRole iam:CreateServiceLinkedRole',
    KmsKey: 'kms:*',
  },
  'AWS::DynamoDB::Table': {
    ContributorInsightsSpecification: 'dynamodb:UpdateContributorInsights iam:CreateServiceLinkedRole',
    ImportSourceSpecification:
      'dynamodb:ImportTable dynamodb:DescribeImport dynamodb:*Item dynamodb:Query dynamodb:Scan logs:* s3:*',
    KinesisStreamSpecification: 'dynamodb:*ableKinesisStreamingDestination dynamodb:UpdateKinesis* kinesis:*',
    Replicas: 'dynamodb:*TableReplica',
    ResourcePolicy: 'dynamodb:PutResourcePolicy dynamodb:DeleteResourcePolicy',
    SSESpecification: 'kms:*',
  },
  'AWS::Events::Rule': { RoleArn: 'iam:PassRole' },
  'AWS::Glue::Database': { FederatedDatabase: 'glue:*Connection' },
  'AWS::IAM::Role': {
    Description: 'iam:UpdateRoleDescription',
    ManagedPolicyArns: 'iam:AttachRolePolicy iam:DetachRolePolicy',
    MaxSessionDuration: 'iam:UpdateRole',
  },
  'AWS::KinesisFirehose::DeliveryStream': { KeyARN: 'kms:*' },
  'AWS::Lambda::EventSourceMapping': { KmsKeyArn: 'kms:*' },
  'AWS::Lambda::Function': {
    CapacityProviderConfig: 'lambda:PassCapacityProvider',
    CodeSigningConfigArn:
      'lambda:GetCodeSigningConfig lambda:PutFunctionCodeSigningConfig lambda:DeleteFunctionCodeSigningConfig',
    FileSystemConfigs: 'elasticfilesystem:* s3files:*',
    FunctionScalingConfig: 'lambda:PutFunctionScalingConfig',
    KmsKeyArn: 'kms:*',
    Layers: 'lambda:GetLayerVersion',
    PublishToLatestPublished: 'lambda:PublishVersion',
    RecursiveLoop: 'lambda:PutFunctionRecursionConfig',
    RuntimeManagementConfig: 'lambda:PutRuntimeManagementConfig',
    S3ObjectVersion: 's3:GetObjectVersion',
    VpcConfig: 'ec2:*',
  },
  'AWS::Logs::LogGroup': {
    BearerTokenAuthenticationEnabled: 'logs:PutBearerTokenAuthentication',
    DataProtectionPolicy: 'logs:PutDataProtectionPolicy',
    DeletionProtectionEnabled: 'logs:PutLogGroupDeletionProtection',
    FieldIndexPolicies: 'logs:PutIndexPolicy logs:DeleteIndexPolicy',
    KmsKeyId: 'logs:AssociateKmsKey logs:DisassociateKmsKey',
    LogGroupClass: 'firehose:TagDeliveryStream logs:CreateLogDelivery s3:REST.PUT.OBJECT',
    ResourcePolicyDocument: 'logs:PutResourcePolicy logs:DeleteResourcePolicy',
  },
  'AWS::S3::Bucket': {
    AbacStatus: 's3:PutBucketAbac',
    AccelerateConfiguration: 's3:PutAccelerateConfiguration',
    AccessControl: 's3:PutBucketAcl s3:PutObjectAcl',
    AnalyticsConfigurations: 's3:PutAnalyticsConfiguration s3:DeleteBucketAnalyticsConfiguration',
    CorsConfiguration: 's3:PutBucketCORS s3:DeleteBucketCors',
    IntelligentTieringConfigurations: 's3:PutIntelligentTieringConfiguration',
    InventoryConfigurations: 's3:PutInventoryConfiguration',
    LifecycleConfiguration: 's3:PutLifecycleConfiguration s3:DeleteBucketLifecycle',
    LoggingConfiguration: 's3:PutBucketLogging',
    MetadataConfiguration: 's3:CreateBucketMetadata* s3:DeleteBucketMetadata* s3:UpdateBucketMetadata* s3tables:*',
    MetricsConfigurations: 's3:PutMetricsConfiguration s3:DeleteBucketMetricsConfiguration',
    NotificationConfiguration: 's3:PutBucketNotification',
    ObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration s3:PutObjectLockConfiguration',
    OwnershipControls: 's3:PutBucketOwnershipControls',
    PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
    ReplicationConfiguration:
      'iam:PassRole s3:PutBucketReplication s3:PutReplicationConfiguration s3:DeleteBucketReplication',
    VersioningConfiguration: 's3:PutBucketVersioning',
    WebsiteConfiguration: 's3:PutBucketWebsite s3:DeleteBucketWebsite',
  },
  'AWS::SNS::Topic': {
    DataProtectionPolicy: 'sns:PutDataProtectionPolicy',
    DeliveryStatusLogging: 'iam:GetRole iam:PassRole',
  },
};

/** By action: why nobody may have it, though a handler asks for it. */
const withheld: Record<string, string> = {
  'iam:DeleteRolePermissionsBoundary': 'A role without its boundary could do more than its deployer.',
  's3:DeleteBucketLifecycle': 'It is no action of IAM, which asks for s3:PutLifecycleConfiguration.',
  's3:DeleteBucketEncryption': 'It is no action of IAM, and the bucket stays encrypted.',
};

export type Handler = 'create' | 'read' | 'update' | 'delete';
const every: Handler[] = ['create', 'read', 'update', 'delete'];

const facts: { withoutResource: string; handlers: Record<string, Partial<Record<Handler, string>>> } = JSON.parse(
  await readFile(join(import.meta.dirname, 'cloudformation-permissions.json'), 'utf8'),
);

/** Actions that a policy has to allow on `*`. */
export const withoutResource = facts.withoutResource.split(' ');

/** Returns what CloudFormation's handlers have to be allowed for a resource. Throws for a type without facts. */
export function needsOf(id: string, resource: Resource, handlers = every): Attempt[] {
  const { Type, Properties } = resource;
  const permissions = facts.handlers[Type];
  if (!permissions) throw new Error(`${Type} has no facts in test/deploy/cloudformation-permissions.json.`);
  const actions = new Set(handlers.flatMap((handler) => permissions[handler]?.split(' ') ?? []));
  return [...actions]
    .filter((action) => !(action in withheld) && isUsed(action, Type, Properties))
    .map((action) => ({
      action,
      resource: withoutResource.includes(action) ? '*' : (elsewhere[Type]?.[action] ?? arnOf(id, resource)),
      context: {
        'iam:PermissionsBoundary': boundaryArn,
        'iam:PassedToService': Type.includes('Firehose') ? 'firehose.amazonaws.com' : 'lambda.amazonaws.com',
        'lambda:FunctionArn': functionArn,
      },
    }));
}

function isUsed(action: string, type: string, properties: Resource['Properties']): boolean {
  const asking = Object.entries(onlyWith[type] ?? {}).filter(([, actions]) => matchesOne(action, actions.split(' ')));
  return asking.length === 0 || asking.some(([property]) => hasKey(properties, property));
}

const hasKey = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => name === key || hasKey(inner, key));
