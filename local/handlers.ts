import type { Transport } from '../simulator/send.ts';
import { httpEvent } from './event.ts';

/**
 * Returns a transport to the real /track handler in this process. Hits keep their dates, because the event is the
 * handler's only clock. The handler reads its settings from the environment now.
 */
export async function handlerTransport(): Promise<Transport> {
  const { handler } = await import('../functions/track.ts');
  return async ({ ip, headers, body }, at) => {
    try {
      const { statusCode = 0, headers: answered } = await handler(
        httpEvent({ method: 'POST', path: '/track', ip, headers, body, epoch: at }),
      );
      const refusal = answered?.['x-footfall'];
      return { status: statusCode, ...(refusal !== undefined && { refusal: String(refusal) }) };
    } catch {
      return { status: 0 };
    }
  };
}
