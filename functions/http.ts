import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { stylesheetHash } from '../build/stylesheet.ts';
import type { Refusal } from '../core/hit.ts';

export type Request = APIGatewayProxyEventV2;
export type Response = APIGatewayProxyStructuredResultV2;

/** The request's body as text; API Gateway hands some content types over in base64. */
export function bodyOf({ body = '', isBase64Encoded }: Request): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

export const noContent: Response = { statusCode: 204 };

/** The answer to a hit that neither table nor queue took. */
export const unavailable: Response = { statusCode: 503 };

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

interface PageOptions {
  statusCode?: number;
  /** Whether it stands in a frame of another page of this origin, rather than alone. */
  framed?: boolean;
  /** After how many seconds the browser is to ask again. */
  refresh?: number;
}

/** A page without scripts that loads nothing from elsewhere; its one style element is that of the build. */
export function page(html: string, event: Request, { statusCode, framed, refresh }: PageOptions = {}): Response {
  const { headers, ...answer } = privately(html, 'text/html', event, statusCode);
  const ancestors = framed ? "'self'" : "'none'";
  const policy = `default-src 'none'; script-src 'none'; style-src '${stylesheetHash}'; img-src data:; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors ${ancestors}`;
  return {
    ...answer,
    headers: { ...headers, 'content-security-policy': policy, ...(refresh && { refresh: String(refresh) }) },
  };
}

/** The address of another route of this deployment. API Gateway sets x-forwarded-proto, plain HTTP does not. */
export function addressOf({ headers, rawPath }: Request, route: string): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/[^/]+\/?$/, route)}`;
}

/** A text that nobody keeps, lists, or gets to know by a link that leads on, compressed. */
export function privately(text: string, type: string, { headers }: Request, statusCode = 200): Response {
  const { encoding, body } = compressed(text, headers['accept-encoding'] ?? '');
  return {
    statusCode,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      ...(encoding && { 'content-encoding': encoding }),
      vary: 'accept-encoding',
      'cache-control': 'no-store',
      // With no-referrer a browser would not say, either, where a form comes from.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

/** Sends a browser on, by GET, to the same path with another query; a cookie goes along. */
export const redirect = (query: URLSearchParams, cookie: string): Response => ({
  statusCode: 303,
  headers: { location: `?${query}`, 'cache-control': 'no-store' },
  cookies: [cookie],
});

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
