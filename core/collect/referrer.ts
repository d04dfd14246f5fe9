import { bareHost } from './bare-host.ts';
import { normalizeName } from './name.ts';
import spamReferrers from './spam-referrers.json' with { type: 'json' };

const spam = new Set(spamReferrers);

// Hosts and Android apps, and the site that they belong to.
const aliases: [RegExp, string][] = [
  [/^((encrypted|images)\.)?google\.(com?\.)?[a-z]{2,3}$|^com\.google\.android\.googlequicksearchbox$/, 'google.com'],
  [/^com\.google\.android\.gm$/, 'mail.google.com'],
  [/^([a-z-]+\.)?search\.yahoo\.com$/, 'yahoo.com'],
  [/^cn\.bing\.com$/, 'bing.com'],
  [/^(html|lite|start|safe)\.duckduckgo\.com$|^com\.duckduckgo\.mobile\.android$/, 'duckduckgo.com'],
  [/^yandex\.(com\.)?[a-z]{2,3}$|^ya\.ru$/, 'yandex.ru'],
  [/^t\.co$|^twitter\.com$|^com\.twitter\.android$/, 'x.com'],
  [/^lnkd\.in$|^[a-z]{2}\.linkedin\.com$|^com\.linkedin\.android$/, 'linkedin.com'],
  [/^fb\.me$|^(l|lm|web|touch)\.facebook\.com$|^com\.facebook\.(katana|orca)$/, 'facebook.com'],
  [/^l\.instagram\.com$|^com\.instagram\.android$/, 'instagram.com'],
  [/^(l\.)?threads\.net$|^l\.threads\.com$/, 'threads.com'],
  [/^(old|new|np|out|amp|i)\.reddit\.com$|^redd\.it$|^com\.reddit\.frontpage$/, 'reddit.com'],
  [/^youtu\.be$|^com\.google\.android\.youtube$/, 'youtube.com'],
  [/^pin\.it$|^([a-z]{2}\.)?pinterest\.(com?\.)?[a-z]{2,3}$/, 'pinterest.com'],
  [/^t\.me$|^web\.telegram\.org$|^org\.telegram\.messenger(\.web)?$/, 'telegram.org'],
  [/^wa\.me$|^web\.whatsapp\.com$|^com\.whatsapp$/, 'whatsapp.com'],
  [/^app\.slack\.com$|^com\.slack$/, 'slack.com'],
  [/^away\.vk\.com$/, 'vk.com'],
  [/^(go|main)\.bsky\.app$/, 'bsky.app'],
];

/**
 * Returns the host in a `document.referrer`, without `www.` and the like, or the name of an Android app. Returns an
 * empty text if there is neither.
 */
export function linkingHost(referrer: string): string {
  const url = referrer === '' ? null : URL.parse(referrer);
  if (!url) return '';
  const { protocol, host } = url;
  if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'android-app:') return '';
  return bareHost(host.toLowerCase().replace(/\.(?=$|:\d+$)/, ''));
}

/** Returns the name under which visits from a host are counted. A known alias has the name of its site. */
export function referrerOf(host: string): string {
  const name = normalizeName(host);
  return aliases.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

/** Returns whether a host, or a domain above it, is on the list of known spammers. */
export function isSpam(host: string): boolean {
  const hostname = host.replace(/:\d+$/, '');
  for (let name = hostname; name !== ''; name = name.slice(name.indexOf('.') + 1 || name.length)) {
    if (spam.has(name)) return true;
  }
  return false;
}
