import { httpEvent } from '../../../local/event.ts';
import { handOver } from '../../../local/event-source.ts';
import { queueClient } from '../../../local/queue.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { firefox } from '../../functions/footfall.ts';

// A process to be killed while it works: it sends hits, and tells of each that was answered 204; or it drains the queue
// until there is nothing more.

if (process.argv[2] === 'track') {
  const { handler } = await import('../../../functions/track.ts');
  const epoch = Date.parse('2026-11-21T12:00:00Z');
  const hits = Array.from({ length: 5_000 }, (_, hit) => hit);
  await concurrently(10, hits, async (hit) => {
    const body = JSON.stringify({ url: `https://blog.example.com/${hit}` });
    const { statusCode } = await handler(
      httpEvent({ method: 'POST', path: '/track', headers: { 'user-agent': firefox }, body, epoch }),
    );
    if (statusCode === 204) process.send?.(hit);
  });
} else {
  const { handler } = await import('../../../functions/drain.ts');
  const client = queueClient({ AWS_ENDPOINT_URL_SQS: process.env.AWS_ENDPOINT_URL_SQS ?? '' });
  while ((await handOver(process.env.OVERFLOW_QUEUE_URL ?? '', client, handler, 5)) > 0);
}
process.exit();
