import { isbot } from 'isbot';
import botNames from './bot-names.json' with { type: 'json' };

/** The kinds of bots. `none` has no user agent, `headless` is a browser that a program controls. */
export const botFamilies = ['search', 'ai', 'monitor', 'headless', 'none', 'other'] as const;
export type BotFamily = (typeof botFamilies)[number];

// A name that two families share is of the first.
const namedFamilies = ['ai', 'search', 'monitor', 'headless'] as const satisfies BotFamily[];

/** Returns the family of a bot, or undefined for a person. `isAutomated` is what the browser says of itself. */
export function botFamilyOf(userAgent: string, isAutomated: boolean): BotFamily | undefined {
  if (userAgent === '') return 'none';
  if (!isAutomated && !isbot(userAgent)) return undefined;
  const told = userAgent.toLowerCase();
  const named = namedFamilies.find((family) => botNames[family].some((name) => told.includes(name)));
  return named ?? (isAutomated ? 'headless' : 'other');
}
