import { stylesheetHash } from '../build/stylesheet.ts';
import type { Request } from './request.ts';
import { privateResponse, type Response } from './response.ts';

interface Options {
  statusCode?: number;
  /** Whether another page of this origin shows it in a frame. */
  framed?: boolean;
  /** After how many seconds the browser asks again. */
  refresh?: number;
}

/** Returns a page whose policy allows no script, and no style but that of the build. */
export function htmlResponse(html: string, event: Request, { statusCode, framed, refresh }: Options = {}): Response {
  const { headers, ...answer } = privateResponse(html, 'text/html', event, statusCode);
  const ancestors = framed ? "'self'" : "'none'";
  const policy = `default-src 'none'; script-src 'none'; style-src '${stylesheetHash}'; img-src data:; manifest-src data:; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors ${ancestors}`;
  return {
    ...answer,
    headers: { ...headers, 'content-security-policy': policy, ...(refresh && { refresh: String(refresh) }) },
  };
}
