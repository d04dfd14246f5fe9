import { decoded } from './decoded.ts';
import type { LoggedRequest } from './log-line.ts';
import { parseTime } from './parse-time.ts';

const needed = ['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status'] as const;

/** Returns what reads the lines of a CloudFront log, in which a comment names the fields. */
export function cloudFrontReader() {
  let places = new Map<string, number>();

  return (line: string): LoggedRequest | string | undefined => {
    if (line.startsWith('#Fields:')) {
      const names = line.slice('#Fields:'.length).trim().split(/\s+/);
      places = new Map(names.map((name, i) => [name.toLowerCase(), i]));
    }
    if (line === '' || line.startsWith('#')) return undefined;
    if (!needed.every((name) => places.has(name))) return 'line before the names of the fields';
    const fields = line.split('\t');
    const of = (name: string) => {
      const field = fields[places.get(name) ?? -1] ?? '';
      return field === '-' ? '' : field;
    };
    const time = timeOf(of('date'), of('time'));
    if (fields.length < places.size || time === undefined) return 'broken line';
    const query = of('cs-uri-query');
    return {
      ...{ time, method: of('cs-method'), status: Number(of('sc-status')) },
      ...{ host: of('x-host-header') || of('cs(host)'), path: of('cs-uri-stem'), query: query && `?${query}` },
      ...{ referrer: decoded(of('cs(referer)')), ip: of('c-ip'), userAgent: userAgentOf(of('cs(user-agent)')) },
    };
  };

  /** Older logs encode it twice. */
  function userAgentOf(field: string): string | undefined {
    return places.has('cs(user-agent)') ? decoded(decoded(field)) : undefined;
  }
}

function timeOf(date: string, time: string): number | undefined {
  try {
    return parseTime(`${date} ${time}`);
  } catch {
    return undefined;
  }
}
