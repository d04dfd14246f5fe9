import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that a seed alone determines, on any machine. */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** True in so many cases of one. */
  chance(share: number): boolean;
  /** One of some things, each as often as its weight says. */
  pick<Thing extends { weight: number }>(things: readonly Thing[]): Thing;
  /** How often something happens that goes on each time with this chance: 0, 1, 2, … */
  streak(share: number): number;
}

/** Choices for one of many streams of a seed, so that the streams need not know of each other. */
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
      throw new Error('There is nothing to pick from: no weight is over 0.');
    },
    streak(share) {
      let times = 0;
      while (chance(share)) times++;
      return times;
    },
  };
}
