import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { compress } from './compression.ts';
import type { Request } from './request.ts';

/** An answer as an HTTP API takes it from a function, payload version 2.0. */
export type Response = APIGatewayProxyStructuredResultV2;

const privateHeaders = {
  'cache-control': 'no-store',
  // With no-referrer, a browser would leave out the origin of a form as well.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** Bytes that fit into an answer of a function: it holds 6 MB, base64 and headers included. */
export const maxAnswerBytes = 4_600_000;

/** Returns a file of at most `maxAnswerBytes` for a browser to store, which no cache keeps. */
export const download = (bytes: Buffer, type: string, name: string): Response => ({
  statusCode: 200,
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, ...privateHeaders },
  body: bytes.toString('base64'),
  isBase64Encoded: true,
});

/** Returns a compressed text that no cache keeps, no search engine lists, and no link passes on as referrer. */
export function privateResponse(text: string, type: string, { headers }: Request, statusCode = 200): Response {
  const { encoding, body } = compress(text, headers['accept-encoding'] ?? '');
  return {
    statusCode,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      ...(encoding && { 'content-encoding': encoding }),
      vary: 'accept-encoding',
      ...privateHeaders,
    },
    // In base64, a body takes a third more of the 6 MB that an answer of a function holds.
    ...(encoding ? { body: body.toString('base64'), isBase64Encoded: true } : { body: text }),
  };
}

/** How long caches keep what has no secret and seldom changes, in seconds. */
const week = 604_800;

/** Returns a file that is the same for everybody, as text or in base64. */
export const publicResponse = (body: string, type: string, isBase64Encoded = false): Response => ({
  statusCode: 200,
  headers: { 'content-type': type, 'cache-control': `public, max-age=${week}`, 'x-content-type-options': 'nosniff' },
  body,
  isBase64Encoded,
});

/** Redirects a browser to another path. */
export const redirectTo = (path: string): Response => ({
  statusCode: 303,
  headers: { location: path, 'cache-control': 'no-store' },
});

/** Redirects a browser by GET to the same path with another query, and sets cookies. */
export const redirect = (query: URLSearchParams, cookies: string[]): Response => ({
  statusCode: 303,
  headers: { location: `?${query}`, 'cache-control': 'no-store' },
  cookies,
});
