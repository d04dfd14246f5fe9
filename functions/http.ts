import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Refusal } from '../core/hit.ts';

export type Request = APIGatewayProxyEventV2;
export type Response = APIGatewayProxyStructuredResultV2;

/** The request's body as text; API Gateway hands some content types over in base64. */
export function bodyOf({ body = '', isBase64Encoded }: Request): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

export const noContent: Response = { statusCode: 204 };

/** Of those that are not the sender's mistake: 204. */
const statusOf: { [Reason in Refusal]?: number } = { malformed: 400, 'too long': 400, 'foreign site': 403 };

/** The answer to a hit that is not counted, which says why in a header. */
export function refused(refusal: Refusal): Response {
  return { statusCode: statusOf[refusal] ?? 204, headers: { 'x-footfall': refusal } };
}

/** What a hit would change, for whoever wants to know. */
export function explained(change: object): Response {
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) };
}

/** Reads a header of yes or no that a browser sends on its user's wish. */
const says = (headers: Request['headers'], name: string) => headers[name]?.trim() === '1';

/** Whether a browser asks not to be recognised: Global Privacy Control, or Do Not Track. */
export const asksForPrivacy = ({ headers }: Request): boolean => says(headers, 'sec-gpc') || says(headers, 'dnt');

/** A private page without scripts that loads nothing from anywhere; `styleHash` is that of its one style element. */
export function page(html: string, styleHash: string, { headers }: Request, statusCode = 200): Response {
  const { encoding, body } = compressed(html, headers['accept-encoding'] ?? '');
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...(encoding && { 'content-encoding': encoding }),
      vary: 'accept-encoding',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; script-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

/** HTTP APIs compress nothing, so the function does, with the best coding that the browser takes. */
function compressed(text: string, acceptEncoding: string): { encoding: string; body: Buffer } {
  const accepted = acceptEncoding.split(',').map((coding) => coding.trim().split(/\s*;\s*/));
  const takes = (name: string) =>
    accepted.some(([coding, weight]) => coding === name && !/^q=0(\.0*)?$/.test(weight ?? ''));
  if (takes('br')) return { encoding: 'br', body: brotliCompressSync(text, brotliOptions) };
  if (takes('gzip')) return { encoding: 'gzip', body: gzipSync(text) };
  return { encoding: '', body: Buffer.from(text) };
}

// Quality 11, the default, takes 20 times as long for a tenth less.
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
