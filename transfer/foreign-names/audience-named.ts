import { type Audience, audienceOf, deviceOfWidth } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { memoized } from '../days/memoized.ts';
import { browserNamed } from './browser-named.ts';
import { countryNamed } from './country-named.ts';
import { deviceNamed } from './device-named.ts';
import { languageNamed } from './language-named.ts';
import { systemNamed } from './system-named.ts';

/** Return what another tool names, as a live hit would name it. */
export const audienceNames: { [Dimension in keyof Audience]: (word: string) => Audience[Dimension] } = {
  country: countryNamed,
  device: deviceNamed,
  browser: browserNamed,
  os: systemNamed,
  language: languageNamed,
};

/** What a tool keeps of a browser. Texts are empty or missing if it does not. */
export type AudienceWords = { [Dimension in keyof Audience]?: string } & {
  userAgent?: string;
  /** The width of the window or of the screen, in CSS pixels. */
  width?: string;
};

/** Returns the audience that another tool describes. The user agent tells more than words that were made of it. */
export function audienceNamed({ userAgent = '', width: widthText = '', ...words }: AudienceWords): Audience {
  const width = Number.parseInt(widthText, 10) || 0;
  const told = userAgent === '' ? undefined : audienceOfAgent(`${width} ${userAgent}`);
  const either = <Name extends string>(first: Name | undefined, second: () => Name) =>
    first === undefined || first === unknown ? second() : first;
  return {
    country: audienceNames.country(words.country ?? ''),
    device: either(told?.device, () => either(audienceNames.device(words.device ?? ''), () => deviceOfWidth(width))),
    browser: either(told?.browser, () => audienceNames.browser(words.browser ?? '')),
    os: either(told?.os, () => audienceNames.os(words.os ?? '')),
    language: audienceNames.language(words.language ?? ''),
  };
}

const audienceOfAgent = memoized((widthAndAgent: string) => {
  const end = widthAndAgent.indexOf(' ');
  const [width, userAgent] = [Number(widthAndAgent.slice(0, end)), widthAndAgent.slice(end + 1)];
  return audienceOf({ userAgent, width, timeZone: '', languages: '' });
});
