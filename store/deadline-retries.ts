import { StandardRetryStrategy } from '@smithy/core/retry';

type Retry = StandardRetryStrategy['refreshRetryTokenForRetry'];

const longestWait = 1_000;

/**
 * Retries throttled requests, at growing intervals of up to a second, until a time is over. Other failures get three
 * attempts. The SDK's own strategy gives up a throttled table after three, and after a hundred of all requests together.
 */
export class DeadlineRetries extends StandardRetryStrategy {
  #deadline = 0;

  constructor() {
    super(3);
  }

  /** Begins a time of `ms`. A function calls it for each event. */
  begin(ms: number): void {
    this.#deadline = Date.now() + ms;
  }

  override async refreshRetryTokenForRetry(...[token, failure]: Parameters<Retry>): ReturnType<Retry> {
    const count = token.getRetryCount() + 1;
    const wait = Math.min(longestWait, 50 * 2 ** count) * (0.5 + Math.random() / 2);
    const isWorthIt = failure.errorType === 'THROTTLING' && Date.now() + wait < this.#deadline;
    if (!isWorthIt) return super.refreshRetryTokenForRetry(token, failure);
    return { getRetryCount: () => count, getRetryDelay: () => wait, getRetryCost: () => 0 };
  }
}
