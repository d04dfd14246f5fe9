import type { Resource } from './sls.ts';

export const account = '123456789012';
/** None has a longer name. */
export const region = 'ap-southeast-1';

export const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
export const inRegion = (path: string) => `arn:aws:apigateway:${region}::/${path}`;
export const logs = (name: unknown) => arn('logs', `log-group:${name ?? '/aws/lambda/footfall-prod-track'}`);
export const boundaryArn = `arn:aws:iam::${account}:policy/footfall-boundary`;

/** As CloudFormation names what has no name in the template. */
const generated = (id: string) => `footfall-prod-${id}-A1B2C3`;
const role = (id: string) => `arn:aws:iam::${account}:role/${generated(id)}`;
export const functionArn = arn('lambda', 'function:footfall-prod-track');
export const bucketArn = 'arn:aws:s3:::footfall-prod-serverlessdeploymentbucket-a1b2c3';

export const lakeBucketArn = `arn:aws:s3:::footfall-prod-lake-${account}-${region}`;
const bucket = (id: string) => (id.startsWith('Lake') ? lakeBucketArn : bucketArn);

/** The connections of the WebSocket API. */
export const connectionsArn = arn('execute-api', 'a1b2c3/prod/POST/@connections/*');

/** By type of resource: what it is called on AWS. */
const arns: Record<string, (id: string, properties: Resource['Properties']) => string> = {
  'AWS::ApiGatewayV2::Api': () => inRegion('apis/a1b2c3'),
  'AWS::ApiGatewayV2::ApiMapping': () => inRegion('domainnames/stats.example.com/apimappings'),
  'AWS::ApiGatewayV2::Deployment': () => inRegion('apis/a1b2c3/deployments'),
  'AWS::ApiGatewayV2::DomainName': (_, { DomainName }) => inRegion(`domainnames/${DomainName}`),
  'AWS::ApiGatewayV2::Integration': () => inRegion('apis/a1b2c3/integrations'),
  'AWS::ApiGatewayV2::Route': () => inRegion('apis/a1b2c3/routes'),
  'AWS::ApiGatewayV2::Stage': () => inRegion('apis/a1b2c3/stages'),
  'AWS::Athena::WorkGroup': (_, { Name }) => arn('athena', `workgroup/${Name}`),
  'AWS::Budgets::Budget': () => `arn:aws:budgets::${account}:budget/a1b2c3`,
  'AWS::CloudWatch::Alarm': (id) => arn('cloudwatch', `alarm:${generated(id)}`),
  'AWS::DynamoDB::Table': (_, { TableName }) => arn('dynamodb', `table/${TableName}`),
  'AWS::Events::Rule': (id) => arn('events', `rule/${generated(id)}`),
  'AWS::Glue::Database': () => arn('glue', 'database/sitelake'),
  'AWS::Glue::Table': (_, { TableInput }) => arn('glue', `table/sitelake/${(TableInput as { Name: string }).Name}`),
  'AWS::IAM::Role': role,
  'AWS::KinesisFirehose::DeliveryStream': (_, { DeliveryStreamName }) =>
    arn('firehose', `deliverystream/${DeliveryStreamName}`),
  'AWS::Lambda::EventSourceMapping': () => arn('lambda', 'event-source-mapping:a1b2c3'),
  'AWS::Lambda::Function': (_, { FunctionName }) => arn('lambda', `function:${FunctionName}`),
  'AWS::Lambda::Permission': () => functionArn,
  'AWS::Logs::LogGroup': (_, { LogGroupName }) => logs(LogGroupName),
  'AWS::Logs::MetricFilter': () => logs(undefined),
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': (id) => bucket(id),
  'AWS::SNS::Topic': (id) => arn('sns', generated(id)),
  'AWS::SQS::Queue': (id) => arn('sqs', generated(id)),
};

/** By type: the resource that an action is asked for, where it is not the resource itself. */
export const elsewhere: Record<string, Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': { 'apigateway:POST': inRegion('apis') },
  'AWS::ApiGatewayV2::DomainName': { 'apigateway:POST': inRegion('domainnames') },
  'AWS::Athena::WorkGroup': Object.fromEntries(
    ['AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject']
      .map((verb) => [`s3:${verb}`, `${lakeBucketArn}/results/answer.csv`])
      .concat(
        ['GetBucketLocation', 'ListBucket', 'ListBucketMultipartUploads'].map((verb) => [`s3:${verb}`, lakeBucketArn]),
      ),
  ),
  'AWS::KinesisFirehose::DeliveryStream': {
    'iam:GetRole': role('LakeStreamRole'),
    'iam:PassRole': role('LakeStreamRole'),
  },
  'AWS::Lambda::Function': { 'iam:PassRole': role('TrackRole'), 's3:GetObject': `${bucketArn}/serverless/track.zip` },
  'AWS::Logs::LogGroup': { 'logs:DescribeLogGroups': logs(':log-stream:') },
  'AWS::S3::Bucket': { 's3:DeleteObject': `${bucketArn}/serverless/track.zip` },
};

/** Returns what a resource of the template is called on AWS. Throws for a type that the table above does not have. */
export function arnOf(id: string, { Type, Properties }: Resource): string {
  const of = arns[Type];
  if (!of) throw new Error(`${Type} has no ARN in test/deploy/arns.ts.`);
  return of(id, Properties);
}
