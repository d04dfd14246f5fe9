import type { Request } from '../http/request.ts';

/** The parts of a request that matter here. `epoch` is the time of arrival in ms. */
export interface EventParts {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
  ip?: string;
  epoch?: number;
}

/** Returns the event, payload version 2.0, that an HTTP API passes to a function. */
export function httpEvent({
  method = 'GET',
  path = '/dashboard',
  query = {},
  headers: { cookie, ...headers } = {},
  body,
  ip = '203.0.113.7',
  epoch,
}: EventParts): Request {
  const routeKey = `${method} ${path.replace(/^.*\//, '/')}`; // without the base path that a domain may add
  const now = epoch ?? Date.now();
  const userAgent = headers['user-agent'] ?? '';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(cookie && { cookies: cookie.split('; ') }),
    headers: { host: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com', 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'a1b2c3d4e5',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}
