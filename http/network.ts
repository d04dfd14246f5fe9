import { isIPv6 } from 'node:net';

/**
 * Returns the network that one household has: an IPv4 address, or the first 64 bits of an IPv6 address. Every spelling
 * of an address gives the same text. An IPv4 address in IPv6 (`::ffff:192.0.2.1`) is that IPv4 address.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 6).join() === '0,0,0,0,0,65535';
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** Returns the eight numbers of a valid IPv6 address. */
function groupsOf(ip: string): number[] {
  const [head = [], tail = []] = ip
    .replace(/%.*/, '')
    .split('::')
    .map((half) => half.split(':').filter(Boolean).flatMap(numbersOf));
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** Returns the number of a group, or the two numbers of an IPv4 address at the end. */
function numbersOf(group: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return group.includes('.') ? [a * 256 + b, c * 256 + d] : [Number.parseInt(group, 16)];
}
