import type { Random } from './random.ts';
import { type Post, postsByRank, type Site } from './site.ts';

type Kind = 'home' | 'topic' | 'post' | 'other' | 'leave';

// A Markov chain: the kind of the first page, and of the page after each kind.
const entry: Chances = { home: 30, topic: 6, post: 62, other: 2, leave: 0 };
const next: Record<Exclude<Kind, 'leave'>, Chances> = {
  home: { home: 0, topic: 22, post: 38, other: 6, leave: 34 },
  topic: { home: 8, topic: 6, post: 56, other: 2, leave: 28 },
  post: { home: 12, topic: 8, post: 16, other: 3, leave: 61 },
  other: { home: 25, topic: 5, post: 15, other: 0, leave: 55 },
};
type Chances = Record<Kind, number>;

/** When a visit begins, in days before the end, and the page that it begins with, unless chance decides. */
export interface VisitStart {
  age: number;
  firstPage?: string | undefined;
}

/** Returns the paths of one visit, from the entry page until the visitor leaves, 40 pages at most. */
export function walk(random: Random, site: Site, { age, firstPage }: VisitStart): string[] {
  const home = { path: site.home };
  const pages: Record<Exclude<Kind, 'leave'>, { path: string; weight: number }[]> = {
    home: byRank([home]),
    topic: byRank(site.topics),
    post: byRank(postsByRank(site))
      .map((post) => ({ ...post, weight: post.weight * interestIn(post, age) }))
      .filter(({ weight }) => weight > 0),
    other: byRank(site.others.length > 0 ? site.others : [home]),
  };
  const paths: string[] = [];
  let kind = firstPage ? 'post' : kindFrom(random, entry);
  while (kind !== 'leave' && paths.length < 40) {
    const { path } = paths.length === 0 && firstPage ? { path: firstPage } : random.pick(pages[kind]);
    if (path !== paths.at(-1)) paths.push(path);
    kind = kindFrom(random, next[kind]);
  }
  return paths;
}

function kindFrom(random: Random, chances: Chances): Kind {
  return random.pick(Object.entries(chances).map(([kind, weight]) => ({ kind: kind as Kind, weight }))).kind;
}

/** Weighs by Zipf's law: the second page half as often as the first, the third a third as often. */
const byRank = <Page extends { path: string }>(pages: Page[]) =>
  pages.map((page, i) => ({ ...page, weight: 1 / (i + 1) }));

/** Returns how often a post is read on a day, by its rank's measure. Most read it in its first days, nobody before. */
function interestIn({ publishedDaysBefore }: Post, age: number): number {
  if (publishedDaysBefore === undefined) return 1;
  const since = publishedDaysBefore - age;
  return since < 0 ? 0 : 1 + 14 * Math.exp(-since / 2.5);
}
