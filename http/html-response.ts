import { liveScriptHash } from '../build/live-script.ts';
import { stylesheetHash } from '../build/stylesheet.ts';
import type { Request } from './request.ts';
import { privateResponse, type Response } from './response.ts';

interface Options {
  statusCode?: number;
  /** Whether another page of this origin shows it in a frame. */
  framed?: boolean;
  /** After how many seconds the browser asks again. Undefined for never. */
  refresh?: number | undefined;
  /** The origin of the WebSocket that the page's script opens. Without it, no script runs. */
  socket?: string | undefined;
}

/** Returns a page whose policy allows no style but that of the build, and no script but that of the live page. */
export function htmlResponse(html: string, event: Request, options: Options = {}): Response {
  const { statusCode, framed, refresh, socket } = options;
  const { headers, ...answer } = privateResponse(html, 'text/html', event, statusCode);
  const ancestors = framed ? "'self'" : "'none'";
  const scripts = socket ? `script-src '${liveScriptHash}'; connect-src 'self' ${socket}` : "script-src 'none'";
  const policy = `default-src 'none'; ${scripts}; style-src '${stylesheetHash}'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors ${ancestors}`;
  return {
    ...answer,
    headers: { ...headers, 'content-security-policy': policy, ...(refresh && { refresh: String(refresh) }) },
  };
}
