import type { Random } from './random.ts';
import { type Plan, requestBy, type SimulatedHit } from './simulated-visit.ts';
import type { Visitor } from './visitor.ts';

const bots = [
  { weight: 5, is: 'search', userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
  { weight: 3, is: 'ai', userAgent: 'Mozilla/5.0 (compatible; GPTBot/1.3; +https://openai.com/gptbot)' },
  { weight: 2, is: 'other', userAgent: 'python-requests/2.32.3' },
];

/** Returns a hit that must be refused: of a bot, from another site, spam, malformed, or too long. */
export function badHit(random: Random, plan: Plan, visitor: Visitor): SimulatedHit {
  const url = new URL(plan.site.home, plan.origin).href;
  const good = requestBy(visitor, plan.origin, { url, referrer: '' });
  const site = new URL(plan.origin).host.replace(/^www\./, '');
  const elsewhere = 'https://copied.example';
  const bot = random.pick(bots);
  const kinds: { weight: number; hit: SimulatedHit }[] = [
    {
      weight: 5,
      hit: {
        ...good,
        headers: { ...good.headers, 'user-agent': bot.userAgent },
        truth: { refusal: 'bot', counter: `bot_${bot.is}`, site },
      },
    },
    {
      weight: 1,
      hit: {
        ...good,
        body: good.body.replace('"bot":false', '"bot":true'),
        truth: { refusal: 'bot', counter: 'bot_headless', site },
      },
    },
    {
      weight: 2,
      hit: { ...good, headers: { ...good.headers, origin: elsewhere }, truth: { refusal: 'foreign site', site } },
    },
    {
      weight: 1,
      hit: {
        ...good,
        body: good.body.replace('"referrer":""', '"referrer":"https://buttons-for-website.com/"'),
        truth: { refusal: 'spam', site },
      },
    },
    { weight: 1, hit: { ...good, body: good.body.slice(0, -1), truth: { refusal: 'malformed' } } },
    {
      weight: 1,
      hit: { ...good, body: good.body.replace(url, url + 'x'.repeat(1000)), truth: { refusal: 'too long', site } },
    },
  ];
  return random.pick(kinds).hit;
}
