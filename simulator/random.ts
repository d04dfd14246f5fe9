import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that depend only on a seed. */
export interface Random {
  /** Returns a number from 0 to 1, without 1. */
  fraction(): number;
  /** Returns a whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** Returns true with a probability of `share`. */
  chance(share: number): boolean;
  /** Returns one of some things, each in proportion to its weight. */
  pick<Thing extends { weight: number }>(things: readonly Thing[]): Thing;
  /** Returns how often something repeats that goes on with a probability of `share`: 0, 1, 2, … */
  streak(share: number): number;
}

/** Returns the choices of one stream of a seed. Streams are independent of each other. */
export function randomFrom(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b));
  const fraction = () => uniformFloat64(generator);
  const chance = (share: number) => fraction() < share;
  return {
    fraction,
    chance,
    between: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    pick(things) {
      let left = fraction() * things.reduce((sum, { weight }) => sum + weight, 0);
      for (const thing of things) {
        left -= thing.weight;
        if (left < 0) return thing;
      }
      throw new Error('No weight is over 0. Give at least one thing a weight.');
    },
    streak(share) {
      let times = 0;
      while (chance(share)) times++;
      return times;
    },
  };
}
