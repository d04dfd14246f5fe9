import { languageCodes, languageOf } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { memoized } from '../days/memoized.ts';
import { keyOf } from './name-table.ts';

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const byName = new Map([...languageCodes].map((code) => [keyOf(english.of(code) ?? code), code]));

/** Returns the language, `fr`, of a code of ISO 639-1, 639-2 or 639-3, a locale or an English name. */
export const languageNamed: (name: string) => string = memoized((name: string) => {
  const [language = ''] = /^[a-z]{2,3}(?![a-z])/i.exec(name.trim()) ?? [];
  if (language === '') return byName.get(keyOf(name)) ?? unknown;
  return languageOf(Intl.getCanonicalLocales(language)[0] ?? '');
});
