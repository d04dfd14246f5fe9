import { normalizeName } from '../../core/collect/name.ts';
import { decoded } from './decoded.ts';

/** Returns the event of a click on a link to another host, as the snippet names it. Empty if the link is no URL. */
export function outboundEvent(link: string): string {
  const host = URL.parse(link)?.host;
  return host ? normalizeName(`outbound: ${host}`) : '';
}

/** Returns the event of a click on a link to a file, as the snippet names it. Empty if the link has no file. */
export function downloadEvent(link: string): string {
  const file = URL.parse(link, 'https://example.com')?.pathname.split('/').pop();
  return file ? normalizeName(`download: ${decoded(file)}`) : '';
}
