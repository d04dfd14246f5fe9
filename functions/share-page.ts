import type { Moment } from '../core/calendar/day.ts';
import { firstCountedDay } from '../core/report/parts.ts';
import { parseRange } from '../core/report/range.ts';
import { type Access, sessionDays } from '../http/auth.ts';
import { htmlResponse } from '../http/html-response.ts';
import { queryWithoutLink, type Request, routeUrl } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { createSharing } from '../http/sharing.ts';
import type { explainedReportsFrom } from '../store/explained-reports.ts';
import { exportLinks } from '../transfer/export/export-links.ts';
import { shareHtml } from '../views/Share.tsx';

interface Installation {
  timeZone: string;
  sharing: ReturnType<typeof createSharing>;
  reports: Pick<ReturnType<typeof explainedReportsFrom>, 'rolledUp'>;
  /** The table and the sites that an export reads. */
  exported: Parameters<typeof exportLinks>[0];
}

/** Returns what answers GET /share: the links and tokens of the owner, and the export of a range. */
export function sharePage({ timeZone, sharing, reports, exported }: Installation) {
  const { sites } = exported;
  /** Shows a site, or all of them. `problem` says what is wrong with the request. */
  return async (
    event: Request,
    now: Moment,
    { access, site, problem }: { access: Access; site: string | undefined; problem: string },
  ): Promise<Response> => {
    const { timeEpoch } = event.requestContext;
    const shared = access.role === 'owner' ? await sharing.list(site ?? '') : undefined;
    const rolledUp = await reports.rolledUp(timeEpoch);
    const counted = { today: now.day, since: firstCountedDay(rolledUp, site), time: now };
    const { range } = parseRange(event.queryStringParameters ?? {}, counted);
    const files = await exportLinks(exported, { range, site }, rolledUp, timeEpoch);
    const [base, query] = [routeUrl(event, ''), queryWithoutLink(event)];
    const page = { sites, site, timeZone, sessionDays, today: now.day, base, shared, exported: files, query, problem };
    return htmlResponse(shareHtml(page), event, { statusCode: problem ? 400 : 200 });
  };
}
