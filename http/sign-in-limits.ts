import type { Limit } from './limited-attempt.ts';
import { networkOf } from './network.ts';
import type { Sign } from './token.ts';

/** Wrong passwords are limited for each window of so many seconds. */
export const window = 15 * 60;
const maxFromOne = 10;
export const maxFromAll = 200;

/**
 * Returns the limits on an attempt to sign in at `epoch` (ms), and when their counts expire (seconds). A browser that has
 * signed in before has a limit of its own, so that strangers cannot use up its attempts. Its `browser` is a random name.
 */
export function signInLimits(ip: string, browser: string | undefined, epoch: number, sign: Sign) {
  const begin = Math.floor(epoch / 1000 / window) * window;
  const nameOf = (text: string) => `${begin}/${sign(text).subarray(0, 16).toString('base64url')}`;
  const limits: Limit[] =
    browser === undefined
      ? [
          { name: nameOf(`address ${begin} ${networkOf(ip)}`), most: maxFromOne },
          { name: `${begin}/all`, most: maxFromAll },
        ]
      : [{ name: nameOf(`browser ${begin} ${browser}`), most: maxFromOne }];
  return { limits, expires: begin + window };
}
