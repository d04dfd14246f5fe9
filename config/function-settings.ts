import { type Environment, readSetting } from './settings.ts';

/** Names the tables of an installation. */
export const tableNames = (prefix: string) => ({
  statisticsTable: `${prefix}Statistics`,
  visitorsTable: `${prefix}Visitors`,
  liveTable: `${prefix}Live`,
});

/** Reads the tables' names. Throws an Error if the prefix is wrong. */
export const readTableNames = (env: Environment) => tableNames(readSetting('TABLE_PREFIX', env));

/** Reads how long an attempt of a request takes, in milliseconds. Only runs with an embedded database set it. */
export const readRequestTimeout = (env: Environment): number => Number(env.FOOTFALL_REQUEST_TIMEOUT) || 2_000;

/** Reads the names of the lake's database and work group in Athena. Throws an Error if the prefix is wrong. */
export function readLakeNames(env: Environment) {
  const workGroup = `${readSetting('TABLE_PREFIX', env)}Lake`;
  return { database: workGroup.toLowerCase(), workGroup }; // Glue knows lower case only
}

/** Reads where functions ask the lake. Returns undefined with LAKE=off. */
export function readAthenaPlace(env: Environment) {
  if (readSetting('LAKE', env) === 'off') return undefined;
  const { ATHENA_URL: endpoint = '', LAKE_DATABASE: database = '', LAKE_WORK_GROUP: workGroup = '' } = env;
  return { endpoint, database, workGroup };
}

/** Reads how far a flood can grow the table and how many days it keeps rows. Throws an Error if a setting is wrong. */
export const readLimits = (env: Environment) => ({
  detailDays: readSetting('DETAIL_DAYS', env),
  maxPagesPerDay: readSetting('MAX_PAGES_PER_DAY', env),
  maxNamesPerDimension: readSetting('MAX_NAMES_PER_DIMENSION', env),
});

/**
 * Returns how much a summary may hold. With the default cap of pages, a flooded day's summary stays below 300 KB without
 * the names by page.
 */
export const summaryCaps = ({ maxPagesPerDay }: { maxPagesPerDay: number }) => ({
  maxPages: maxPagesPerDay,
  maxUrlBytes: 1_000_000,
  maxNames: 2_000,
});

/** How visitors of the dashboard are let in. */
export interface AuthSettings {
  /** What `npm run password` prints. Empty if the dashboard is public. */
  passwordHash: string;
  isPublic: boolean;
}

/** Reads who may see the dashboard. Throws an Error if nobody could, or if everybody could by mistake. */
export function readAuthSettings(env: Environment): AuthSettings {
  const isPublic = readSetting('PUBLIC_DASHBOARD', env) === 'true';
  const passwordHash = readSetting('DASHBOARD_PASSWORD_HASH', env);
  if (isPublic || passwordHash) return { passwordHash, isPublic };
  throw new Error(
    'The dashboard has no password: run npm run password and set what it prints, or let everybody read it with PUBLIC_DASHBOARD=true.',
  );
}
