import { existsSync, readFileSync } from 'node:fs';

/** Returns this process's peak memory in MB. Node.js alone would count its parent's memory too. */
export function peakMemory(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.round(Number(kilobytes) / 1000);
}
