import { join } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..');

export const databaseFolder = (port: number) => join(root, folderOf(port), 'database');

export const queueFolder = (port: number) => join(root, folderOf(port), 'queue');

export const lakeFolder = (port: number) => join(root, folderOf(port), 'lake');

/** The folder for copies of a bucket's files. */
export const bucketFolder = (bucket: string) => join(root, '.local', 'buckets', bucket);

/** The file that is there once the history is written. */
export const historyDone = (port: number) => join(root, folderOf(port), 'history-done');

/** Returns the data folder of the app on a port, relative to the project: `.local/3000`. */
export const folderOf = (port: number) => join('.local', String(port));
