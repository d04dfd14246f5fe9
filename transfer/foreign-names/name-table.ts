import { memoized } from '../days/memoized.ts';

/** Returns a name as a key: lower case, without accents and punctuation. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Returns a function from the names of other tools to names of our own. The table has lists of foreign names, separated
 * by commas, for each name. A foreign name of several words has the meaning of its first words that are known: so
 * versions do not matter.
 */
export function nameTable<Name extends string>(
  names: Iterable<Name>,
  foreign: { readonly [own in Name]?: string },
): (name: string) => Name | undefined {
  const known = new Map<string, Name>();
  for (const own of names) {
    known.set(keyOf(own), own);
    for (const name of foreign[own]?.split(',') ?? []) known.set(keyOf(name), own);
  }
  return memoized((name: string) => {
    const words = keyOf(name).split(' ');
    for (let count = words.length; count > 0; count--) {
      const own = known.get(words.slice(0, count).join(' '));
      if (own !== undefined) return own;
    }
    return undefined;
  });
}
