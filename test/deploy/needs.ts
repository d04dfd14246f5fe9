export const account = '123456789012';
/** None has a longer name. */
export const region = 'ap-southeast-1';

export const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
export const inRegion = (path: string) => `arn:aws:apigateway:${region}::/${path}`;
/** As CloudFormation names what has no name in the template. */
const generated = (id: string) => `footfall-prod-${id}-A1B2C3`;
export const logs = (name: unknown) => arn('logs', `log-group:${name ?? '/aws/lambda/footfall-prod-track'}`);

/** By type of resource: what it is called on AWS, and what it takes to create, change and delete it. */
export const needs: Record<
  string,
  { is: (id: string, properties: Record<string, unknown>) => string; actions: string }
> = {
  'AWS::S3::Bucket': {
    is: () => 'arn:aws:s3:::footfall-prod-serverlessdeploymentbucket-a1b2c3',
    actions: 's3:CreateBucket s3:PutEncryptionConfiguration s3:PutBucketTagging s3:ListBucket s3:DeleteBucket',
  },
  'AWS::S3::BucketPolicy': {
    is: () => 'arn:aws:s3:::footfall-prod-serverlessdeploymentbucket-a1b2c3',
    actions: 's3:PutBucketPolicy s3:GetBucketPolicy s3:DeleteBucketPolicy',
  },
  'AWS::Logs::LogGroup': {
    is: (_, { LogGroupName }) => logs(LogGroupName),
    actions:
      'logs:CreateLogGroup logs:PutRetentionPolicy logs:TagResource logs:ListTagsForResource logs:DeleteLogGroup',
  },
  'AWS::Logs::MetricFilter': {
    is: () => logs(undefined),
    actions: 'logs:PutMetricFilter logs:DescribeMetricFilters logs:DeleteMetricFilter',
  },
  'AWS::Lambda::Function': {
    is: (_, { FunctionName }) => arn('lambda', `function:${FunctionName}`),
    actions:
      'lambda:CreateFunction lambda:GetFunction lambda:PutFunctionConcurrency lambda:TagResource lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:DeleteFunctionConcurrency lambda:DeleteFunction',
  },
  'AWS::Lambda::Permission': {
    is: () => arn('lambda', 'function:footfall-prod-track'),
    actions: 'lambda:AddPermission lambda:GetPolicy lambda:RemovePermission',
  },
  'AWS::Lambda::EventSourceMapping': {
    is: () => arn('lambda', 'event-source-mapping:a1b2c3'),
    actions:
      'lambda:CreateEventSourceMapping lambda:GetEventSourceMapping lambda:TagResource lambda:UpdateEventSourceMapping lambda:DeleteEventSourceMapping',
  },
  'AWS::Events::Rule': {
    is: (id) => arn('events', `rule/${generated(id)}`),
    actions: 'events:PutRule events:DescribeRule events:PutTargets events:RemoveTargets events:DeleteRule',
  },
  'AWS::IAM::Role': {
    is: (id) => `arn:aws:iam::${account}:role/${generated(id)}`,
    actions:
      'iam:CreateRole iam:GetRole iam:PutRolePolicy iam:PassRole iam:TagRole iam:DeleteRolePolicy iam:DeleteRole iam:PutRolePermissionsBoundary',
  },
  'AWS::ApiGatewayV2::Api': {
    is: () => inRegion('apis/a1b2c3'),
    actions: 'apigateway:GET apigateway:PATCH apigateway:DELETE',
  },
  'AWS::ApiGatewayV2::Stage': {
    is: () => inRegion('apis/a1b2c3/stages'),
    actions: 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  },
  'AWS::ApiGatewayV2::Integration': {
    is: () => inRegion('apis/a1b2c3/integrations'),
    actions: 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  },
  'AWS::ApiGatewayV2::Route': {
    is: () => inRegion('apis/a1b2c3/routes'),
    actions: 'apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE',
  },
  'AWS::ApiGatewayV2::DomainName': {
    is: (_, { DomainName }) => inRegion(`domainnames/${DomainName}`),
    actions: 'apigateway:GET apigateway:PATCH apigateway:DELETE',
  },
  'AWS::ApiGatewayV2::ApiMapping': {
    is: () => inRegion('domainnames/stats.example.com/apimappings'),
    actions: 'apigateway:POST apigateway:GET apigateway:DELETE',
  },
  'AWS::DynamoDB::Table': {
    is: (_, { TableName }) => arn('dynamodb', `table/${TableName}`),
    actions:
      'dynamodb:CreateTable dynamodb:DescribeTable dynamodb:UpdateTimeToLive dynamodb:UpdateContinuousBackups dynamodb:TagResource dynamodb:UpdateTable dynamodb:DeleteTable',
  },
  'AWS::SQS::Queue': {
    is: (id) => arn('sqs', generated(id)),
    actions: 'sqs:CreateQueue sqs:GetQueueAttributes sqs:SetQueueAttributes sqs:TagQueue sqs:DeleteQueue',
  },
  'AWS::SNS::Topic': {
    is: (id) => arn('sns', generated(id)),
    actions: 'sns:CreateTopic sns:Subscribe sns:GetTopicAttributes sns:TagResource sns:Unsubscribe sns:DeleteTopic',
  },
  'AWS::CloudWatch::Alarm': {
    is: (id) => arn('cloudwatch', `alarm:${generated(id)}`),
    actions: 'cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms cloudwatch:TagResource cloudwatch:DeleteAlarms',
  },
  'AWS::Budgets::Budget': {
    is: () => `arn:aws:budgets::${account}:budget/a1b2c3`,
    actions: 'budgets:ModifyBudget budgets:ViewBudget',
  },
};
