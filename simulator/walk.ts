import type { Random } from './random.ts';
import type { Site, SitePage } from './site.ts';

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

/** Returns the paths of one visit, from the entry page until the visitor leaves, 40 pages at most. */
export function walk(random: Random, site: Site, firstPage?: string): string[] {
  const home = { path: site.home };
  const pages: Record<Exclude<Kind, 'leave'>, { path: string }[]> = {
    home: [home],
    topic: site.topics,
    post: postsByRank(site),
    other: site.others.length > 0 ? site.others : [home],
  };
  const paths: string[] = [];
  let kind = firstPage ? 'post' : kindFrom(random, entry);
  while (kind !== 'leave' && paths.length < 40) {
    const { path } = paths.length === 0 && firstPage ? { path: firstPage } : byRank(random, pages[kind]);
    if (path !== paths.at(-1)) paths.push(path);
    kind = kindFrom(random, next[kind]);
  }
  return paths;
}

function kindFrom(random: Random, chances: Chances): Kind {
  return random.pick(Object.entries(chances).map(([kind, weight]) => ({ kind: kind as Kind, weight }))).kind;
}

/** Picks by Zipf's law: the second page half as often as the first, the third a third as often. */
function byRank(random: Random, pages: { path: string }[]): { path: string } {
  return random.pick(pages.map(({ path }, i) => ({ path, weight: 1 / (i + 1) })));
}

/** Returns all posts: the first of each topic, then the second of each topic, and so on. */
function postsByRank({ topics }: Site): SitePage[] {
  const longest = Math.max(...topics.map(({ posts }) => posts.length));
  return Array.from({ length: longest }, (_, i) => topics.flatMap(({ posts }) => posts[i] ?? [])).flat();
}
