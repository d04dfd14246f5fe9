import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf, root } from './folder.ts';

const fileOf = (port: number) => join(root, folderOf(port), 'running.json');

/** Writes down that an app runs on a port, and the environment for other processes that use it. */
export async function noteRunning(port: number, environment: Record<string, string>): Promise<void> {
  await mkdir(join(root, folderOf(port)), { recursive: true });
  await writeFile(fileOf(port), JSON.stringify({ pid: process.pid, environment }));
}

export const forgetRunning = (port: number) => rm(fileOf(port), { force: true });

/** Returns the environment of the app on a port, or undefined if npm start does not run there. */
export async function runningEnvironment(port: number): Promise<Record<string, string> | undefined> {
  const text = await readFile(fileOf(port), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { pid, environment } = JSON.parse(text);
  return isAlive(pid) ? environment : undefined;
}

/** Returns whether a process runs. A killed app leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
