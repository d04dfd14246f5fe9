/** A count of attempts, and how many there may be. */
export interface Limit {
  name: string;
  most: number;
}

/** Counts attempts under names. Both methods throw the SDK's errors. */
export interface AttemptStore {
  /** Counts an attempt under a name until `expires` (seconds). Returns false if there were `most` already. */
  attempt(name: string, most: number, expires: number): Promise<boolean>;
  /** Takes an attempt back from a count. */
  giveBack(name: string): Promise<void>;
}

/**
 * Checks something unless one of its limits is reached. Failures alone stay counted. Each attempt is counted before its
 * check, so that many at once cannot pass a limit, and given back if it succeeds.
 */
export async function limitedAttempt(
  store: AttemptStore,
  limits: Limit[],
  expires: number,
  check: () => Promise<boolean>,
): Promise<'success' | 'failure' | 'limit reached'> {
  for (const { name, most } of limits) if (!(await store.attempt(name, most, expires))) return 'limit reached';
  if (!(await check())) return 'failure';
  // The right password counts even if the table fails here. What is not given back ends with its window.
  await Promise.allSettled(limits.map(({ name }) => store.giveBack(name)));
  return 'success';
}
