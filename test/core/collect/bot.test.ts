import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BotFamily, botFamilyOf } from '../../../core/collect/bot.ts';

const person = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const webkit = 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko';

describe('the family of a bot', () => {
  const run = (userAgent: string, want: BotFamily | undefined, isAutomated = false) =>
    test(`${want}: ${userAgent}`, () => assert.equal(botFamilyOf(userAgent, isAutomated), want));
  run(person, undefined);
  run('', 'none');
  run('', 'none', true);
  run(person, 'headless', true);
  run(`${webkit}) HeadlessChrome/142.0.0.0 Safari/537.36`, 'headless');
  run(`${webkit}; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/142.0.0.0`, 'search');
  run(`${webkit}; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/142.0.0.0`, 'search', true);
  run('Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'search');
  run(`${webkit}; compatible; GPTBot/1.3; +https://openai.com/gptbot)`, 'ai');
  run('Mozilla/5.0 (compatible; claudebot/1.0; +claudebot@anthropic.com)', 'ai');
  run(`${webkit}; compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot)`, 'ai');
  run('Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)', 'monitor');
  run('curl/8.5.0', 'other');
  run('facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'other');
});
