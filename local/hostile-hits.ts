/** A hostile or odd request. */
export interface HostileHit {
  name: string;
  body: string;
  headers?: Record<string, string>;
}

const url = 'https://blog.example.com/';
const json = (fields: unknown) => JSON.stringify(fields);
const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);

const texts = ['url', 'referrer', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'tz', 'event'];
const wrongForText = ['0', '-1', '1e999', 'true', 'false', '[]', '["x"]', '{}', '{"toString":"x"}', '[[[[]]]]'];
const wrongForNumber = ['"1280"', 'true', '[]', '{}', '"NaN"', '"-1"', '"1e9"'];
const wrongForFlag = ['"true"', '1', '0', '[]', '{}', '"false"'];

const wrongTypes: HostileHit[] = [
  ...texts.flatMap((field) => wrongForText.map((value) => [field, value])),
  ...wrongForNumber.map((value) => ['width', value]),
  ...wrongForFlag.map((value) => ['bot', value]),
].map(([field, value]) => ({
  name: `${field} is ${value}`,
  body: field === 'url' ? `{"url":${value}}` : `{"url":"${url}","${field}":${value}}`,
}));

const oddNumbers = [-1, -1e308, 0.5, 1e308, 2 ** 53, -0].map((width) => ({
  name: `width is ${width}`,
  body: json({ url, width }),
}));

const nonsense = [
  '',
  ' ',
  '\u0000',
  'null',
  'undefined',
  'true',
  '7',
  '-',
  '"',
  '"x"',
  '[',
  ']',
  '{',
  '}',
  '[]',
  '[{}]',
  '{}',
  '{"url"}',
  '{url:1}',
  "{'url':'x'}",
  '{"url":"https://blog.example.com/",}',
  '//',
  '/**/{}',
  '\ufeff{}',
  'NaN',
  'Infinity',
  '<xml/>',
  'url=x',
  '--x\r\nContent-Disposition: form-data',
  '{"url":"\\ud800"}',
  '{"url":"\\u0000"}',
  '\u001f{}',
  'a'.repeat(4097),
  'é'.repeat(2049),
  ' '.repeat(5000),
  '9'.repeat(4096),
  deep('[', ']', 2000),
  deep('{"a":', '}', 600),
  `{"url":${deep('[', ']', 1900)}}`,
].map((body) => ({ name: `the body ${JSON.stringify(body).slice(0, 40)}`, body }));

const addresses = [
  '',
  ' ',
  '/',
  '//',
  '///',
  '?',
  '#',
  '.',
  '..',
  '\\',
  '\\\\evil.example\\x',
  'https:',
  'https:/',
  'https://',
  'https:///',
  'https://:443/',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'ftp://blog.example.com/',
  'blob:https://blog.example.com/x',
  'https://blog.example.com:99999/',
  'https://blog.example.com:-1/',
  'https://blog.example.com@evil.example/',
  'https://evil.example/?https://blog.example.com',
  'https://blog.example.com.evil.example/',
  'https://evilblog.example.com/',
  'https://blog.example.com%00.evil.example/',
  'https://blog.example.com\u0000/',
  'https://[::1]/',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://blog\u3002example\u3002com/',
  'https://ｂｌｏｇ.example.com/',
  'https://blog.example.com./',
  `${url}${'x'.repeat(3000)}`,
  `${url}${'é'.repeat(1000)}`,
  `${url}%`,
  `${url}%%%`,
  `${url}%zz`,
  `${url}%00`,
  `${url}%FF%FE`,
  `${url}\ud800`,
  `${url}\u202egnp.exe`,
  `${url}../../..`,
  `${url}%2e%2e/%2e%2e`,
  `${url}?${'a&'.repeat(1000)}`,
  `${url}?__proto__=1`,
  `${url}#${'x'.repeat(3000)}`,
  `${url}"><script>alert(1)</script>`,
  `${url}{{7*7}}\${7*7}`,
  `${url}'; DROP TABLE x; --`,
  `${url}:v0`,
  `${url}(not counted)`,
  '(not counted)',
  '(other)',
].map((address) => ({ name: `the address ${JSON.stringify(address).slice(0, 50)}`, body: json({ url: address }) }));

const sources = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'views',
  'url',
  'day',
  'expires',
  '#0',
  ':0',
  '#expires',
  ':expires',
  'a.b[0]',
  'a b',
  'x = :y',
  "'; DROP TABLE SiteStatistics; --",
  'SET #0 = :0',
  'REMOVE views',
  '<script>alert(1)</script>',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\u0000',
  '\u202e',
  '\ud800',
  '\udfff\ud800',
  '👩\u200d👩\u200d👧',
  'x'.repeat(3000),
  '𝕏'.repeat(600),
  'İ'.repeat(100),
  '\u0301'.repeat(200),
  'ﷺ'.repeat(64),
  'x_(other)',
  '(other)',
  '{{x}}',
  '%s%n',
  '../../x',
].map((utm_source) => ({
  name: `the source ${JSON.stringify(utm_source).slice(0, 50)}`,
  body: json({ url, utm_source }),
}));

const events = ['__proto__', 'x'.repeat(3000), '\u200b', '404', '#0', '(other)', 'a\nb', '=1+1', '\ud800'].map(
  (event) => ({
    name: `the event ${JSON.stringify(event).slice(0, 50)}`,
    body: json({ url, event }),
  }),
);

const referrers = [
  'https://',
  'https://blog.example.com',
  'https://semalt.com/',
  'https://SEMALT.com./',
  `https://${'a'.repeat(200)}.example/`,
  `https://${'a.'.repeat(120)}example/`,
  'https://(direct)/',
  'https://xn--a/',
  'https://[::1]:8080/',
  'android-app://',
  'android-app://\u0000/',
  'android-app://x y/',
  'javascript:alert(1)',
  'https://evil.example\\@blog.example.com/',
  'https://user:password@evil.example/',
  'https://\u202eevil.example/',
].map((referrer) => ({ name: `the referrer ${JSON.stringify(referrer).slice(0, 50)}`, body: json({ url, referrer }) }));

const zones = [
  'Mars/Olympus',
  '__proto__',
  'constructor',
  'toString',
  'Europe/',
  'Europe/Berlin/../..',
  '\u0000',
  'X'.repeat(3000),
];
const timeZones = zones.map((tz) => ({
  name: `the time zone ${JSON.stringify(tz).slice(0, 40)}`,
  body: json({ url, tz }),
}));

const polluted = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'length'].map((key) => ({
  name: `the field ${key}`,
  body: `{"url":"${url}","${key}":{"url":"https://evil.example/","bot":true}}`,
}));

const headers: HostileHit[] = [
  { origin: '' },
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'https://blog.example.com.evil.example' },
  { origin: 'blog.example.com' },
  { origin: 'https://blog.example.com, https://evil.example' },
  { origin: 'https://blog.example.com\r\nx-footfall: no' },
  { origin: 'x'.repeat(8000) },
  { origin: 'javascript://blog.example.com' },
  { 'user-agent': '' },
  { 'user-agent': ' ' },
  { 'user-agent': 'x'.repeat(8000) },
  { 'user-agent': '\u0000' },
  { 'user-agent': '('.repeat(2000) },
  { 'user-agent': 'bot'.repeat(2000) },
  { 'user-agent': '<script>alert(1)</script>' },
  { 'user-agent': 'Mozilla/5.0\r\nx-footfall: no' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-length': '-1' },
  { 'transfer-encoding': 'chunked' },
  { 'content-encoding': 'gzip' },
  { host: 'evil.example' },
  { 'x-forwarded-proto': 'javascript' },
  { 'x-forwarded-host': 'evil.example' },
  { 'accept-language': '' },
  { 'accept-language': '*' },
  { 'accept-language': 'xx-YY' },
  { 'accept-language': '__proto__' },
  { 'accept-language': `${'de,'.repeat(4000)}` },
  { 'accept-language': '(other)\u0000' },
  { 'sec-gpc': 'true' },
  { 'sec-gpc': '1, 1' },
  { dnt: '\u0000' },
  { 'x-forwarded-for': '<script>' },
  { cookie: `x=${'y'.repeat(8000)}` },
  { __proto__x: 'y' },
  { constructor: 'x' },
].map((hostile) => ({
  name: `the headers ${json(hostile).slice(0, 60)}`,
  body: json({ url }),
  headers: hostile as Record<string, string>,
}));

const huge = { name: 'a megabyte of utm', body: json({ url, utm_source: 'x'.repeat(1_000_000) }) };

/** Bodies and headers that must neither break /track nor leave anything but its own words in the table. */
export const hostileHits: HostileHit[] = [
  ...wrongTypes,
  ...oddNumbers,
  ...nonsense,
  ...addresses,
  ...sources,
  ...events,
  ...referrers,
  ...timeZones,
  ...polluted,
  ...headers,
  huge,
];
