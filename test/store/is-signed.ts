import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The key that requests are signed with. */
export const signingKey = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Returns whether a request has the signature that AWS computes, by the description of Signature Version 4. */
export function isSigned({ method, url = '', headers }: IncomingMessage, body: string, service: string): boolean {
  const [, scope = '', names = '', signature] =
    /Credential=AKID\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(headers.authorization ?? '') ?? [];
  const path = url.split('/').map(encodeURIComponent).join('/');
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const request = [method, path, '', signed.join(''), names, sha256(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, 'AWS4secret');
  return scope.endsWith(`/eu-central-1/${service}/aws4_request`) && hmac(key, text).toString('hex') === signature;
}
