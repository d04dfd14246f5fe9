import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashPassword } from '../http/password-hash.ts';
import { folderOf, root } from './folder.ts';

export interface Password {
  password: string;
  hash: string;
}

/** Returns the password of the dashboard on a port. Makes it up once and keeps it with the data. */
export async function localPassword(port: number): Promise<Password> {
  const file = join(root, folderOf(port), 'password.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  const password = randomBytes(6).toString('hex');
  const made = { password, hash: await hashPassword(password) };
  await mkdir(join(root, folderOf(port)), { recursive: true });
  await writeFile(file, JSON.stringify(made));
  return made;
}
