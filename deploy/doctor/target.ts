import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, readSetting } from '../../config/settings.ts';
import { root } from '../../local/folder.ts';
import { runningEnvironment } from '../../local/running.ts';
import { isLocal } from './fetch-text.ts';
import { homeOf } from './site-page.ts';

/** What to check: a stack on AWS, or an API at an address. */
export interface Target {
  stage: string;
  region: string;
  /** The address of /track, if it was asked for; else the stack has it. */
  track?: URL | undefined;
  pages: URL[];
  isPublic: boolean;
  email: string;
  domain: string;
  hasLake: boolean;
}

/** Returns what the command line and the settings ask for. Throws an Error that says what is wrong with them. */
export async function targetOf(url: string | undefined, stage: string, more: string[]): Promise<Target> {
  const api = url === undefined ? undefined : urlOf(url);
  const env = await settingsFor(api, stage);
  const sites = readSetting('SITES', env);
  return {
    stage,
    region: readSetting('AWS_REGION', env),
    track: api && new URL('/track', api),
    pages: [...sites.map(homeOf), ...more.map(urlOf)],
    isPublic: readSetting('PUBLIC_DASHBOARD', env) === 'true',
    email: readSetting('ALARM_EMAIL', env),
    domain: readSetting('DOMAIN', env),
    hasLake: readSetting('LAKE', env) === 'on',
  };
}

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`"${text}" is no URL like https://blog.example.com/.`);
  return url;
}

/** Returns the settings of the npm start that runs at an address of this machine, else those of the shell and of `.env`. */
async function settingsFor(api: URL | undefined, stage: string): Promise<Environment> {
  const running = api && isLocal(api) ? await runningEnvironment(Number(api.port || 80)) : undefined;
  if (running) return { ...process.env, ...running };
  const file = [`.env.${stage}`, '.env'].map((name) => join(root, name)).find(existsSync);
  if (file) process.loadEnvFile(file);
  if (api && isLocal(api) && !process.env.SITES)
    throw new Error(`No npm start runs at ${api.origin}. Start it, or set SITES.`);
  return process.env;
}
