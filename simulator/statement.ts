import type { Ledger } from './ledger.ts';

/** Formats a ledger as text: hits, answers, refusals and latencies of a run of `seconds`. */
export function statement({ sent, statuses, refusals, latencies }: Ledger, seconds: number): string {
  const sorted = Object.entries(latencies).sort(([a], [b]) => Number(a) - Number(b));
  const percentile = (share: number) => {
    let seen = 0;
    for (const [latency, count] of sorted) {
      seen += count;
      if (seen >= sent * share) return latency;
    }
    return '0.0';
  };
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ') || 'none';
  const answered = Object.fromEntries(
    Object.entries(refusals).flatMap(([reason, { answered }]) => (answered > 0 ? [[reason, answered]] : [])),
  );
  return [
    `sent      ${sent} hits in ${seconds.toFixed(1)} s, ${(sent / seconds).toFixed(1)} per second`,
    `answered  ${list(statuses)}`,
    `refused   ${list(answered)}`,
    `latency   p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms, p99 ${percentile(0.99)} ms, max ${percentile(1)} ms`,
  ].join('\n');
}
