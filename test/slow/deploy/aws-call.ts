import type { IncomingMessage } from 'node:http';

/** A request of the AWS SDK, read from the protocol of its service. */
export interface AwsCall {
  service: string;
  operation: string;
  /** Parameters as the service names them. */
  input: Record<string, string>;
  body: Buffer;
  headers: IncomingMessage['headers'];
  accessKeyId: string | undefined;
}

/** Reads what a request asks. Throws for a service or a request that no stand-in answers. */
export function parseCall(request: IncomingMessage, body: Buffer): AwsCall {
  const { headers, method = '' } = request;
  const [, accessKeyId, service = ''] =
    /Credential=([^/]+)\/\d+\/[\w-]+\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  const url = new URL(request.url ?? '', 'http://aws');
  const read = readers[service];
  if (!read) throw new Error(`No stand-in for ${service || 'a request without a signature'}: ${method} ${url}`);
  return { service, body, headers, accessKeyId, ...read(method, url, body, headers) };
}

type Read = (
  method: string,
  url: URL,
  body: Buffer,
  headers: IncomingMessage['headers'],
) => Pick<AwsCall, 'operation' | 'input'>;

const query: Read = (_method, _url, body) => {
  const { Action: operation = '', ...input } = Object.fromEntries(new URLSearchParams(body.toString()));
  return { operation, input };
};

const json: Read = (_method, _url, body, headers) => ({
  operation: String(headers['x-amz-target']).split('.').pop() ?? '',
  input: JSON.parse(body.toString()),
});

const s3: Read = (method, url) => {
  const [, Bucket = '', ...path] = url.pathname.split('/').map(decodeURIComponent);
  const Key = path.join('/');
  const parameters = Object.fromEntries(url.searchParams);
  const operation = Object.entries(s3Operations).find(([, is]) => is(method, Key, parameters))?.[0];
  if (!operation) throw new Error(`No stand-in for S3's ${method} ${url}`);
  return { operation, input: { Bucket, Key, ...parameters } };
};

const s3Operations: Record<string, (method: string, key: string, parameters: Record<string, string>) => boolean> = {
  HeadBucket: (method, key) => method === 'HEAD' && key === '',
  HeadObject: (method, key) => method === 'HEAD' && key !== '',
  ListObjectsV2: (method, key, { 'list-type': type }) => method === 'GET' && key === '' && type === '2',
  GetObject: (method, key) => method === 'GET' && key !== '',
  PutObject: (method, key, { uploadId }) => method === 'PUT' && key !== '' && uploadId === undefined,
  DeleteObjects: (method, key, parameters) => method === 'POST' && key === '' && 'delete' in parameters,
};

const lambda: Read = (method, url) => {
  const [, FunctionName = '', invoked] = /^\/2015-03-31\/functions\/([^/]+)(\/invocations)?$/.exec(url.pathname) ?? [];
  if (!FunctionName) throw new Error(`No stand-in for Lambda's ${method} ${url}`);
  return { operation: invoked ? 'Invoke' : 'GetFunction', input: { FunctionName: decodeURIComponent(FunctionName) } };
};

const readers: Record<string, Read> = {
  cloudformation: query,
  ecr: json,
  lambda,
  logs: json,
  s3,
  sts: query,
};
