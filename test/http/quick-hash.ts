import { scryptSync } from 'node:crypto';

/** Returns the weakest hash that a dashboard takes, so that hundreds of attempts to sign in take seconds. */
export function quickHash(password: string): string {
  const salt = Buffer.alloc(16, 'salt');
  const hash = scryptSync(password, salt, 32, { N: 1024 });
  return `scrypt:10:8:1:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}
