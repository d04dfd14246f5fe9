import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Transport } from './send.ts';

const timeout = 10_000;

/** Returns a transport that sends hits to a target's /track over HTTP. They count at arrival, from this machine's address. */
export function httpTransport(target: string): Transport {
  const { href, protocol } = new URL('/track', target);
  const https = protocol === 'https:';
  const agent = https ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const open = https ? httpsRequest : httpRequest;
  return ({ headers, body }) =>
    new Promise((resolve) => {
      const request = open(href, { method: 'POST', headers, agent, timeout }, (response) => {
        const refusal = response.headers['x-footfall'];
        response.resume();
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, ...(refusal && { refusal: String(refusal) }) }),
        );
        response.on('error', () => resolve({ status: 0 }));
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve({ status: 0 }));
      request.end(body);
    });
}

export function isLoopback(target: string): boolean {
  const { hostname } = new URL(target);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
