import { siteOf } from '../../core/counters/names.ts';
import type { ImportScope } from '../format.ts';

/** Returns why a page is left out that a tool counted for the host of another site. Takes a host or a URL. */
export const foreignPage = (address: string): string => `page of ${hostNamed(address).slice(0, 60)}`;

/** Returns the host in a column that holds hosts or URLs. */
export const hostNamed = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');

/** Returns whether a host is that of the site, with or without `www.`. A tool that names no host means the site. */
export const isHostOfSite = (host: string, { site }: ImportScope): boolean => host === '' || siteOf(host) === site;
