import type { Refusal } from '../core/collect/hit.ts';
import type { Response } from './response.ts';

/** The answer to a hit that is counted, or waits on the queue. */
export const accepted: Response = { statusCode: 204 };

/** The answer to a hit that neither the table nor the queue took. */
export const unavailable: Response = { statusCode: 503 };

/** Refusals that are not the sender's mistake get 204. */
const statusOf: { [Reason in Refusal]?: number } = { malformed: 400, 'too long': 400, 'foreign site': 403 };

/** Returns the answer to a hit that is not counted. A header says why. */
export function refused(refusal: Refusal): Response {
  return { statusCode: statusOf[refusal] ?? 204, headers: { 'x-footfall': refusal } };
}

/** Returns what a hit would change, for `/track?explain=1`. */
export function explained(change: object): Response {
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) };
}
