import { type Day, dayAfter } from '../core/calendar/day.ts';
import type { Entry } from '../transfer/format.ts';

/** What a made-up export holds: lines of one day, which repeat with other dates. */
interface GeneratedFormat {
  /** The name of the file, if it matters. */
  name?: string;
  /** Other files of the export, by name. */
  beside?: Record<string, string>;
  header: string;
  /** A line, with `firstDay` or its date of a log. */
  lineOf(i: number): string;
  /** How the date is written. All have the same length. */
  dateOf(day: Day): string;
}

const firstDay: Day = '2024-01-01';
const linesOfDay = 60_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const logDate = (day: Day) => `${day.slice(8)}/${months[Number(day.slice(5, 7)) - 1]}/${day.slice(0, 4)}`;
const isoDate = (day: Day) => day;
const secondsOf = (day: Day) => String(Date.parse(day) / 1000);
const shortDate = (day: Day) => day.replaceAll('-', '');

const browsers = ['Windows NT 10.0; Win64; x64', 'X11; Linux x86_64', 'Macintosh; Intel Mac OS X 10.15'];
const userAgents = browsers.flatMap((system) =>
  Array.from({ length: 12 }, (_, i) => `Mozilla/5.0 (${system}; rv:${130 + i}.0) Gecko/20100101 Firefox/${130 + i}.0`),
);
const bots = ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'GPTBot/1.2', 'curl/8.5.0'];
const referrers = ['-', '-', 'https://www.google.com/', 'https://news.ycombinator.com/', 'https://t.co/abc'];
const pick = <Item>(list: Item[], i: number) => list[Math.imul(i, 0x9e3779b1) % list.length] ?? (list[0] as Item);
const page = (i: number) => `/posts/${(i * 7919) % 300}/what-one-table-is-enough-for`;
const clock = (i: number) => new Date(Math.floor((i * 86_400_000) / linesOfDay)).toISOString().slice(11, 19);
const ip = (i: number) => `203.0.${(i * 31) % 113}.${(i * 17) % 251}`;

/** Of eight requests, four are files, one is of a bot, one fails, and two are views. */
function requestOf(i: number) {
  const [path, status] = i % 8 < 4 ? ['/assets/main.css', 200] : [page(i), i % 8 === 4 ? 404 : 200];
  return { path, status, userAgent: pick(i % 8 === 5 ? bots : userAgents, i), referrer: pick(referrers, i) };
}

/** The formats that are generated, by the name of their row in the table. */
export const generatedFormats: Record<string, GeneratedFormat> = {
  'access log, combined': {
    header: '',
    dateOf: logDate,
    lineOf(i) {
      const { path, status, userAgent, referrer } = requestOf(i);
      return `${ip(i)} - - [${logDate(firstDay)}:${clock(i)} +0000] "GET ${path} HTTP/1.1" ${status} 5124 "${referrer}" "${userAgent}"`;
    },
  },
  'CloudFront log': {
    header:
      '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-host-header\n',
    dateOf: isoDate,
    lineOf(i) {
      const { path, status, userAgent, referrer } = requestOf(i);
      const agent = userAgent.replaceAll(' ', '%20');
      const fields = [firstDay, clock(i), 'FRA2', 5124, ip(i), 'GET', 'd1.cloudfront.net', path, status, referrer];
      return [...fields, agent, '-', 'blog.example.com'].join('\t');
    },
  },
  'Umami, website_event.csv': {
    header:
      'website_id,session_id,visit_id,hostname,browser,os,device,screen,language,country,url_path,referrer_domain,event_type,event_name,created_at\n',
    dateOf: isoDate,
    lineOf: (i) =>
      `0bd0e1a2-9c3b,${i % 20_000}-4c5d-11ee,${i % 30_000}-4c5d-22ff,blog.example.com,chrome,Windows 10,desktop,1920x1080,en-US,DE,${page(i)},google.com,1,\\N,${firstDay} ${clock(i)}`,
  },
  'CSV of views': {
    header: 'time,url,visitor,referrer,country,language,device,browser,os\n',
    dateOf: isoDate,
    lineOf: (i) =>
      `${firstDay}T${clock(i)}Z,${page(i)},${i % 20_000},https://www.google.com/,DE,de,mobile,Firefox,Android`,
  },
  'CSV of days': {
    header: 'date,url,views,visitors,site_visitors,visits,dimension,name,count\n',
    dateOf: isoDate,
    lineOf: (i) => (i % 2 === 0 ? `${firstDay},${page(i)},12,9,7,8,,,` : `${firstDay},${page(i)},,,,,country,DE,3`),
  },
  'Plausible, pages': {
    header: '"date","hostname","page","visits","visitors","pageviews"\n',
    dateOf: isoDate,
    lineOf: (i) => `"${firstDay}","blog.example.com","${page(i)}",8,7,12`,
  },
  'GoatCounter, CSV': {
    header:
      '2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date\n',
    dateOf: isoDate,
    lineOf: (i) =>
      `${page(i)},A title,0,,Firefox 140,Linux,${i % 20_000}-8e4f,0,www.reddit.com,h,"1680,1050,2",DE,1,${firstDay}T${clock(i)}Z`,
  },
  'GoatCounter, JSON': {
    name: 'hit_stats.jsonl',
    beside: {
      'paths.jsonl': Array.from({ length: 300 }, (_, id) => `${JSON.stringify({ id, path: page(id) })}\n`).join(''),
      'refs.jsonl': `${JSON.stringify({ id: 1, ref: 'www.reddit.com', ref_scheme: 'h' })}\n`,
    },
    header: '',
    dateOf: isoDate,
    lineOf: (i) =>
      JSON.stringify({ hour: `${firstDay}T${clock(i).slice(0, 2)}:00:00Z`, path_id: i % 300, ref_id: 1, count: 3 }),
  },
  'Simple Analytics': {
    header:
      'added_iso,hostname,path,is_unique,is_robot,document_referrer,device_type,country_code,browser_name,os_name,lang_language,datapoint,session_id\n',
    dateOf: isoDate,
    lineOf: (i) =>
      `${firstDay}T${clock(i)}.000Z,blog.example.com,${page(i)},true,false,https://www.google.com/,mobile,DE,Firefox,Android,de,pageview,${i % 20_000}`,
  },
  Fathom: {
    header:
      'datetime,hostname,pathname,referrer_hostname,country_code,device_type,browser,operating_system,pageviews,visits,uniques,avg_duration,bounce_rate\n',
    dateOf: isoDate,
    lineOf: (i) =>
      `${firstDay} ${clock(i).slice(0, 2)}:00:00,https://blog.example.com,${page(i)},https://www.google.com,DE,Desktop,Chrome,OS X,7,4,5,30,0.25`,
  },
  Matomo: {
    header: `idVisit,visitorId,referrerType,referrerUrl,${[0, 1].map((n) => `actionDetails_${n}_type,actionDetails_${n}_url,actionDetails_${n}_timestamp`).join()},browserName,operatingSystemName,deviceType,languageCode,countryCode\n`,
    dateOf: secondsOf,
    lineOf: (i) =>
      `${i},${i % 20_000}-8e4f,search,https://www.google.com/,${[i, i + 1].map((n) => `action,https://blog.example.com${page(n)},${secondsOf(firstDay)}`).join()},Chrome Mobile,Android,smartphone,de-de,de`,
  },
  'Google Analytics, pages': {
    header: 'Date,Page path and screen class,Views,Active users\n',
    dateOf: shortDate,
    lineOf: (i) => `${shortDate(firstDay)},${page(i)},"1,234",900`,
  },
};

/** Returns an export of some size that is made while it is read, and its lines. Nothing of it is stored. */
export function generatedExport(name: string, megabytes: number): { entries: Entry[]; lines: number } {
  const format = generatedFormats[name];
  if (!format)
    throw new Error(`There is no format "${name}". Choose one of ${Object.keys(generatedFormats).join(', ')}.`);
  const { name: fileName = 'generated', beside = {}, header, lineOf, dateOf } = format;
  const block = Buffer.from(Array.from({ length: linesOfDay }, (_, i) => `${lineOf(i)}\n`).join(''));
  const marker = Buffer.from(dateOf(firstDay));
  const places: number[] = [];
  for (let at = block.indexOf(marker); at !== -1; at = block.indexOf(marker, at + 1)) places.push(at);
  const days = Math.max(1, Math.round((megabytes * 1e6) / block.length));
  const chunkSize = 256 * 1024;
  const entry: Entry = {
    name: fileName,
    head: `${header}${block.subarray(0, 64 * 1024).toString()}`,
    async *chunks() {
      yield Buffer.from(header || '\n');
      for (let day = 0; day < days; day++) {
        const date = Buffer.from(dateOf(dayAfter(firstDay, day)));
        const copy = Buffer.from(block);
        for (const place of places) date.copy(copy, place);
        for (let at = 0; at < copy.length; at += chunkSize) yield copy.subarray(at, at + chunkSize);
      }
    },
  };
  const others = Object.entries(beside).map(([name, text]) => ({
    name,
    head: text,
    async *chunks() {
      yield Buffer.from(text);
    },
  }));
  return { entries: [entry, ...others], lines: days * linesOfDay };
}
