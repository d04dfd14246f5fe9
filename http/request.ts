import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request as an HTTP API hands it to a function, payload version 2.0. */
export type Request = APIGatewayProxyEventV2;

/** Returns the body as text. API Gateway encodes some content types in base64. */
export function bodyText({ body = '', isBase64Encoded }: Request): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

/** Returns the fields of a form. */
export const formIn = (request: Request): URLSearchParams => new URLSearchParams(bodyText(request));

/** Returns the query of a page, without the token of a link: with it, a link hides what the owner may see. */
export function queryWithoutLink({ queryStringParameters }: Request): URLSearchParams {
  const { share, ...query } = queryStringParameters ?? {};
  return new URLSearchParams(query as Record<string, string>);
}

/** Whether a browser asks for privacy by Global Privacy Control or Do Not Track. */
export const asksForPrivacy = ({ headers }: Request): boolean =>
  ['sec-gpc', 'dnt'].some((name) => headers[name]?.trim() === '1');

/** Returns the URL of another route of this deployment. API Gateway sets x-forwarded-proto, plain HTTP does not. */
export function routeUrl({ headers, rawPath }: Request, route: string): string {
  return `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host}${rawPath.replace(/[^/]+\/?$/, route)}`;
}

/** Whether this very origin sent a form. No other page can sign anybody in or out. */
export function isSameOrigin({ headers }: Request): boolean {
  const { origin = '', host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin';
  return URL.parse(origin)?.host === host;
}
