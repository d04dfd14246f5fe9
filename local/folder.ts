import { join } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..');

/** Where the database of the app on a port is. */
export const databaseFolder = (port: number) => join(root, folderOf(port), 'database');

/** Where the queue of the app on a port is. */
export const queueFolder = (port: number) => join(root, folderOf(port), 'queue');

/** Where an app that runs on a port keeps what it needs, from the project's folder: `.local/3000`. */
export const folderOf = (port: number) => join('.local', String(port));
