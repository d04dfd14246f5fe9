import type { Count, Report } from '../core/report.ts';
import { Panel } from './Panel.tsx';

/** Where visits come from and with what, two panels beside each other. */
export function Breakdowns({ report: { people, visitsBy, events } }: { report: Report }) {
  const total = people.visits;
  const list = (title: string, dimension: string, label?: (name: string) => string) => ({
    title,
    unit: 'visits',
    counts: visitsBy.get(dimension) ?? [],
    total,
    label,
  });
  const utm = (title: string, dimension: string) => {
    const counts = visitsBy.get(dimension) ?? [];
    return { title, unit: 'visits', counts: withRest(counts, total), total, label: plain };
  };
  return (
    <div class="panels">
      <Panel lists={[list('Referrers', 'referrer', plain)]} />
      <Panel
        lists={[
          utm('Sources', 'source'),
          utm('Media', 'medium'),
          utm('Campaigns', 'campaign'),
          utm('Terms', 'term'),
          utm('Contents', 'content'),
        ]}
      />
      <Panel lists={[list('Countries', 'country', country)]} />
      <Panel lists={[list('Languages', 'language', language)]} />
      <Panel lists={[list('Devices', 'device', device), list('Systems', 'os', plain)]} />
      <Panel lists={[list('Browsers', 'browser', plain)]} />
      <Panel
        lists={[
          { title: 'Events', unit: 'times', counts: events, total: events.reduce((sum, { count }) => sum + count, 0) },
        ]}
      />
    </div>
  );
}

/** With the visits that have no such name, so that the list sums to the visits. */
function withRest(counts: Count[], total: number): Count[] {
  const rest = total - counts.reduce((sum, { count }) => sum + count, 0);
  if (counts.length === 0 || rest <= 0) return counts;
  return [...counts, { name: '(none)', count: rest }].sort((a, b) => b.count - a.count);
}

// Maps, for a name from outside may be one that every object has.
const words = new Map([
  ['(direct)', 'Direct, or not known'],
  ['(unknown)', 'Not known'],
  ['(other)', 'Others'],
  ['(none)', 'None'],
]);
const plain = (name: string) => words.get(name) ?? name;

const devices = new Map([
  ['mobile', 'Phone'],
  ['tablet', 'Tablet'],
  ['desktop', 'Desktop'],
]);
const device = (name: string) => devices.get(name) ?? plain(name);

const regions = new Intl.DisplayNames('en', { type: 'region' });
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** `🇫🇷 France`: a flag is the two letters of its country, moved to where Unicode has letters for flags. */
function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return `🌐 ${plain(code)}`;
  const flag = String.fromCodePoint(...[...code].map((letter) => 0x1f1a5 + (letter.codePointAt(0) ?? 0)));
  return `${flag} ${regions.of(code)}`;
}

const language = (code: string) => (/^[a-z]{2}$/.test(code) ? (languages.of(code) ?? code) : plain(code));
