import { linkingHost, referrerOf } from '../../core/collect/referrer.ts';
import { memoized } from '../days/memoized.ts';
import { keyOf } from './name-table.ts';

/** Names of sites, by their hosts. Tools show them in place of hosts. */
const hosts = {
  'baidu.com': 'baidu',
  'bing.com': 'bing',
  'bsky.app': 'bluesky, bsky',
  'chatgpt.com': 'chatgpt',
  'discord.com': 'discord',
  'duckduckgo.com': 'duckduckgo',
  'ecosia.org': 'ecosia',
  'facebook.com': 'facebook',
  'github.com': 'github',
  'google.com': 'google',
  'instagram.com': 'instagram',
  'kagi.com': 'kagi',
  'linkedin.com': 'linkedin',
  'news.ycombinator.com': 'hacker news, hackernews',
  'perplexity.ai': 'perplexity',
  'pinterest.com': 'pinterest',
  'qwant.com': 'qwant',
  'quora.com': 'quora',
  'reddit.com': 'reddit',
  'slack.com': 'slack, slack chat',
  'stackoverflow.com': 'stack overflow, stackoverflow',
  'telegram.org': 'telegram, telegram messenger',
  'threads.com': 'threads',
  'tiktok.com': 'tiktok',
  'vk.com': 'vkontakte, vk',
  'whatsapp.com': 'whatsapp',
  'wikipedia.org': 'wikipedia',
  'x.com': 'twitter, x',
  'yahoo.com': 'yahoo, yahoo!',
  'yandex.ru': 'yandex',
  'youtube.com': 'youtube',
};
const byName = new Map(
  Object.entries(hosts).flatMap(([host, names]) => names.split(', ').map((name) => [keyOf(name), host] as const)),
);
const nowhere = /^\s*(\(.*\)|direct( \/ none)?)?\s*$/i;

/**
 * Returns the referrer that another tool means by a URL, a host, a host with a path, an Android app or the name of a
 * site. Returns an empty text for none.
 */
export const linkNamed: (link: string) => string = memoized((link: string) => {
  if (nowhere.test(link)) return '';
  const known = byName.get(keyOf(link));
  if (known) return referrerOf(known);
  const isHost = /^[^\s/]+\.[^\s/]+/.test(link);
  return referrerOf(linkingHost(isHost ? `https://${link}` : link) || link);
});
