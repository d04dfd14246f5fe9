import type { Day } from '../core/calendar/day.ts';
import type { StatisticsStore } from '../store/statistics.ts';

/** Puts names and URLs into the table that the handler would refuse, on the days that `dayBefore` returns. */
export async function addHostileNames(statistics: StatisticsStore, dayBefore: (age: number) => Day): Promise<void> {
  const urls = [
    `https://blog.example.com/${'unbroken'.repeat(120)}`,
    `https://blog.example.com/${'%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80'.repeat(20)}`,
    `https://blog.example.com/%F0%9F%8E%89-party-%F0%9F%8E%89`,
    `https://blog.example.com/%D7%A9%D7%9C%D7%95%D7%9D-%D7%A2%D7%95%D7%9C%D7%9D?q=%D8%B3%D9%84%D8%A7%D9%85`,
    `https://blog.example.com/\u202egnp.exe`,
    `https://blog.example.com/"><script>alert(1)</script>`,
    `https://blog.example.com/${'deeply/'.repeat(100)}`,
    `https://blog.example.com/?${'parameter=value&'.repeat(50)}`,
    'javascript:alert(document.domain)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'no address at all',
    ' ',
  ];
  const names = ['w'.repeat(64), '\u202eyvan', '<script>alert(1)</script>', '👩‍🚀🎉', 'שלום עולם', ' ', 'ﷺ'.repeat(64)];
  const kinds = [
    'views',
    'source',
    'medium',
    'campaign',
    'referrer',
    'country',
    'language',
    'device',
    'os',
    'browser',
    'event',
  ];
  for (const [i, url] of urls.entries()) {
    const views = 400 - 20 * i;
    const named = names.flatMap((name, j) => kinds.map((kind) => [`${kind}_${name}`, 20 - i + j]));
    await statistics.add(
      dayBefore(i % 7),
      url,
      { views, site_visitors: views, visits: views, ...Object.fromEntries(named) },
      760,
    );
  }
}
