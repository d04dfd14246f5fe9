/** A request as a log has it. All texts are untrusted. */
export interface LoggedRequest {
  /** In milliseconds since 1970. */
  time: number;
  method: string;
  status: number;
  /** Empty if the log does not tell. */
  host: string;
  path: string;
  /** With the question mark, or empty. */
  query: string;
  referrer: string;
  ip: string;
  /** Undefined if the log does not tell. Empty if the client did not. */
  userAgent: string | undefined;
}

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const time = '\\[([^\\]]{20,30})\\]';
// The virtual host comes before the IP address if there is one.
const apache = new RegExp(`^(.{1,400}?) ${time} ${quoted} (\\d{3}) \\S+(?: ${quoted} ${quoted})?`);
const s3 = new RegExp(
  `^[0-9a-f]{64} \\S+ ${time} (\\S+) \\S+ \\S+ ([A-Z]+(?:\\.[A-Z_]+)+) (\\S+) (?:${quoted}|-) (\\d{3}|-) \\S+ \\S+ \\S+ \\S+ \\S+ (?:${quoted}|-) (?:${quoted}|-)(.*)$`,
);
const broken = 'broken line';

/** Reads a line of the common or combined format, with the virtual host before it or not. */
export function readApacheLine(line: string): LoggedRequest | string | undefined {
  if (line === '') return undefined;
  const [, start = '', at = '', request = '', status, referrer, userAgent] = apache.exec(line) ?? [];
  const words = start.split(' ');
  const target = targetOf(request);
  const instant = timeOf(at);
  if (status === undefined || words.length < 3 || !target || instant === undefined) return broken;
  const hasHost = words.length > 3;
  return {
    time: instant,
    ...target,
    status: Number(status),
    host: hasHost ? (words[0] ?? '').replace(/:(80|443)$/, '') : '',
    referrer: plain(referrer),
    ip: words[hasHost ? 1 : 0] ?? '',
    userAgent: userAgent === undefined ? undefined : plain(userAgent),
  };
}

/** Reads a line of a server access log of S3. Requests by programs through its API are not of pages. */
export function readS3Line(line: string): LoggedRequest | string | undefined {
  if (line === '') return undefined;
  const [, at = '', ip = '', operation = '', key = '', , status, referrer, userAgent] = s3.exec(line) ?? [];
  const instant = timeOf(at);
  if (status === undefined || instant === undefined) return broken;
  const [, method = ''] = /^(?:REST|WEBSITE)\.([A-Z]+)\.OBJECT$/.exec(operation) ?? [];
  return {
    ...{ time: instant, method: method || operation, status: Number(status), host: '' },
    ...{ path: `/${key === '-' ? '' : key}`, query: '' },
    ...{ referrer: plain(referrer), ip, userAgent: plain(userAgent) },
  };
}

/** Returns method, path and query of a line `GET /path?query HTTP/1.1`, or undefined. */
function targetOf(request: string) {
  const [, method = '', target = ''] = /^([A-Z]{3,10}) (\S+)(?: HTTP\/[\d.]+)?$/.exec(request) ?? [];
  if (target === '') return undefined;
  const end = target.indexOf('?');
  return end === -1
    ? { method, path: target, query: '' }
    : { method, path: target.slice(0, end), query: target.slice(end) };
}

/** Returns a field without its escapes. A dash means none. */
function plain(field = '-'): string {
  if (field === '-') return '';
  return field.includes('\\') ? field.replace(/\\(["\\])/g, '$1') : field;
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Returns the instant of `10/Oct/2000:13:55:36 -0700`, or undefined if there is no such day or time. */
function timeOf(text: string): number | undefined {
  const match = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, day, name = '', year, hour, minute, second, sign, hours, minutes] = match;
  const month = months.indexOf(name) / 3;
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const isReal = Number.isInteger(month) && month >= 0 && new Date(local).getUTCDate() === Number(day);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return isReal ? local - (sign === '-' ? -offset : offset) : undefined;
}
