import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { passwordHashPattern } from '../config/settings.ts';

/** What one guess of a password costs, in the parameters of scrypt. */
export interface HashCost {
  log2N: number;
  r: number;
  p: number;
}

// 32 MB, and about 0.2 s in a function of 1 GB. One of OWASP's recommended settings (Password Storage Cheat Sheet).
const strong: HashCost = { log2N: 15, r: 8, p: 3 };
const length = 32;

/** A password's hash with all that checking takes: `scrypt:15:8:3:salt:hash`, the bytes in base64url. */
export interface PasswordHash {
  options: ScryptOptions;
  salt: Buffer;
  hash: Buffer;
}

// node:util's promisify would do, but a bundle that imports the module loads its parts for showing differences.
const derive = (password: string, salt: Buffer, options: ScryptOptions) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize(), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** Hashes a password with a random salt. */
export async function hashPassword(password: string, { log2N, r, p }: HashCost = strong): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, optionsOf(log2N, r, p));
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

/** Reads what `hashPassword` wrote. Returns undefined for anything else. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, log2N, r, p, salt = '', hash = ''] = passwordHashPattern.exec(text) ?? [];
  if (log2N === undefined) return undefined;
  const bytes = (part: string) => Buffer.from(part, 'base64url');
  return { options: optionsOf(Number(log2N), Number(r), Number(p)), salt: bytes(salt), hash: bytes(hash) };
}

/** Whether a password is right. The time it takes tells nothing about how wrong it is. */
export async function isPassword(password: string, { options, salt, hash }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, options), hash);
}

/** Allows twice the memory that scrypt takes. */
const optionsOf = (log2N: number, r: number, p: number): ScryptOptions => ({
  N: 2 ** log2N,
  r,
  p,
  maxmem: 2 * 128 * 2 ** log2N * r,
});
