import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { close } from '../../../local/listen.ts';
import { account as accountId } from '../../deploy/arns.ts';
import { type Attempt, allows } from '../../deploy/policy.ts';
import type { Account } from './account.ts';
import { attemptsOf } from './attempts.ts';
import { type AwsCall, parseCall } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { deniedMessage, userArn } from './denied.ts';
import { cloudFormation } from './fake-cloudformation.ts';
import { ecr, lambda, logs } from './fake-functions.ts';
import { s3 } from './fake-s3.ts';
import { toXml } from './xml.ts';

/** Credentials that the stand-in knows; all others are unknown to it. */
export const keys = { valid: 'AKIDVALID', expired: 'ASIAEXPIRED' };

/** What a stand-in answers: an object in the service's protocol, or for S3 a body with its headers. */
export type Answer = object | { body: Buffer | string; headers: Record<string, string> };
type Service = (account: Account, call: AwsCall) => Answer;

const services: Record<string, Service> = { cloudformation: cloudFormation, ecr, lambda, logs, s3, sts };

/**
 * Starts a stand-in for AWS in one account, which answers in the protocols of the services that `sls` asks, and decides by the
 * policy of the one user. Records each call and what was refused. An IP address as host makes the SDK name buckets in paths.
 */
export async function startAws(account: Account) {
  const calls: { call: AwsCall; refused: Attempt | undefined }[] = [];
  const errors: Error[] = [];

  function answer(call: AwsCall): Answer {
    const refused = attemptsOf(call).find((attempt) => !allows(account.policy, attempt));
    calls.push({ call, refused });
    if (call.accessKeyId === keys.expired) throw expired(call.service);
    if (call.accessKeyId !== keys.valid)
      throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    if (refused) throw denied(call.service, refused);
    const service = services[call.service];
    if (!service) throw new Error(`No stand-in for ${call.service}`);
    return service(account, call);
  }

  const server = createServer(async (request, response) => {
    try {
      const call = parseCall(request, Buffer.concat(await request.toArray()));
      send(response, call, () => answer(call));
    } catch (error) {
      errors.push(error as Error);
      response.writeHead(501).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, errors, close: () => close(server) };
}

const isJson = (service: string) => ['ecr', 'lambda', 'logs'].includes(service);
const denied = (service: string, attempt: Attempt) =>
  new AwsError(isJson(service) ? 'AccessDeniedException' : 'AccessDenied', deniedMessage(attempt), 403);
const expired = (service: string) =>
  new AwsError(
    isJson(service) ? 'ExpiredTokenException' : 'ExpiredToken',
    'The security token included in the request is expired',
    403,
  );

function sts(): Answer {
  return { UserId: 'AIDADEPLOYER', Account: accountId, Arn: userArn };
}

function send(response: ServerResponse, { service, operation }: AwsCall, answer: () => Answer) {
  const protocol = isJson(service) ? json : service === 's3' ? rest : query;
  try {
    protocol.answer(response, answer(), operation);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    protocol.refuse(response, error, operation);
  }
}

interface Protocol {
  answer(response: ServerResponse, answer: Answer, operation: string): void;
  refuse(response: ServerResponse, error: AwsError, operation: string): void;
}

const query: Protocol = {
  answer(response, answer, operation) {
    response.setHeader('content-type', 'text/xml');
    response.end(toXml({ [`${operation}Response`]: { [`${operation}Result`]: answer } }));
  },
  refuse(response, { code, message, status }) {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(toXml({ ErrorResponse: { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: '1' } }));
  },
};

const json: Protocol = {
  answer(response, answer) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  },
  refuse(response, { code, message, status }) {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code });
    response.end(JSON.stringify({ __type: code, message, Message: message }));
  },
};

const rest: Protocol = {
  answer(response, answer) {
    const { body = '', headers = {} } = answer as { body?: Buffer | string; headers?: Record<string, string> };
    response.writeHead(200, headers).end(body);
  },
  refuse(response, { code, message, status }, operation) {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(operation.startsWith('Head') ? '' : toXml({ Error: { Code: code, Message: message } }));
  },
};
