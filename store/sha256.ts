import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** What the SDK takes for a key of an HMAC. */
type Secret = string | ArrayBuffer | ArrayBufferView;

const keyObjects = new WeakMap<object, KeyObject>();

/** Returns a key object. It is made once for the same bytes, which the SDK keeps for a day's signing key. */
function keyOf(secret: Secret): KeyObject | string {
  if (typeof secret === 'string') return secret;
  const known = keyObjects.get(secret);
  if (known) return known;
  const key = createSecretKey(secret as NodeJS.ArrayBufferView);
  keyObjects.set(secret, key);
  return key;
}

/**
 * SHA-256 for the SDK's signer, and an HMAC if there is a secret. Node.js takes 14 µs for an HMAC with bytes, and 2.5 µs with
 * a key object (decision 024).
 */
export class Sha256 {
  readonly #secret: Secret | undefined;
  #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: Secret) {
    this.#secret = secret;
    this.#hash = this.#begin();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin() {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(this.#secret));
  }
}
