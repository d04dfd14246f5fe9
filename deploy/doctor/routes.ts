import { type FetchedText, fetchText } from './fetch-text.ts';
import { type Finding, ok, printable, problem, warning } from './finding.ts';

/** Node's own name would be a bot. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

const readLog = (name: string) => `Read the log: npx sls logs -f ${name} --startTime 1h.`;

/** Asks what a view of a page would change, as a browser on that page would. */
export async function checkExplain(track: URL, page: URL): Promise<Finding[]> {
  const question = new URL(track);
  question.searchParams.set('explain', '1');
  const answer = await asked(question, {
    method: 'POST',
    headers: { origin: page.origin, 'user-agent': userAgent, 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify({ url: page.href }),
  });
  if (!('headers' in answer)) return [answer];
  const finding = explainFinding(page, answer);
  return isExplained(answer) ? [finding, corsFinding(page, answer)] : [finding];
}

/** Asks for the dashboard and for the numbers, as a stranger. */
export async function checkLock(track: URL, isPublic: boolean): Promise<Finding[]> {
  const routes = [
    ['The dashboard', 'dashboard', 'dashboard'],
    ['/stats.json', 'stats.json', 'stats'],
  ] as const;
  return Promise.all(
    routes.map(async ([name, route, log]) => {
      const answer = await asked(new URL(route, track), { headers: { 'user-agent': userAgent } });
      return 'headers' in answer ? lockFinding(name, answer, isPublic, log) : answer;
    }),
  );
}

async function asked(url: URL, init: RequestInit): Promise<FetchedText | Finding> {
  try {
    return await fetchText(url, init);
  } catch (error) {
    return problem(
      `${url.origin} does not answer: ${printable((error as Error).message)}.`,
      'Check that the stack is deployed. A domain of your own needs a CNAME record: docs/deploying.md, "A domain of your own".',
    );
  }
}

type Explained = Pick<FetchedText, 'status' | 'text'>;

function jsonOf({ text }: Explained): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const isExplained = (answer: Explained) => answer.status === 200 && 'add' in jsonOf(answer);

/** Says whether a view of a page would count, by the answer of `/track?explain=1`. */
export function explainFinding(page: URL, answer: Explained): Finding {
  const { refused } = jsonOf(answer);
  if (!isExplained(answer)) return failure('/track', answer.status, 'track');
  if (refused === undefined) return ok(`A view of ${printable(page.href)} counts.`);
  return problem(
    `A view of ${printable(page.href)} does not count: ${printable(String(refused), 40)}.`,
    refused === 'foreign site'
      ? `Add ${page.host} to SITES, and deploy.`
      : 'docs/counting.md, "Not counted", explains this reason.',
  );
}

/** Says whether browsers let a page read the answer. Hits count without that, but each one logs an error. */
export function corsFinding(page: URL, { headers }: Pick<FetchedText, 'headers'>): Finding {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed === '*' || allowed === page.origin) return ok(`Pages of ${page.host} may read the answers of /track.`);
  return warning(
    `Pages of ${page.host} may not read the answers of /track. Browsers log an error for each view.`,
    'Deploy again, which sets the CORS headers. A proxy in front of the API has to pass them on.',
  );
}

/** Says who may read a page of the dashboard, by the answer to a stranger. */
export function lockFinding(
  name: string,
  { status }: Pick<FetchedText, 'status'>,
  isPublic: boolean,
  log: string,
): Finding {
  if (status === 401)
    return isPublic
      ? warning(`${name} asks for a password, but PUBLIC_DASHBOARD is true.`, 'Deploy to open it to everybody.')
      : ok(`${name} asks for a password.`);
  if (status !== 200) return failure(name, status, log);
  return isPublic
    ? ok(`${name} is public, as PUBLIC_DASHBOARD says.`)
    : problem(`${name} is open to everybody.`, 'Set DASHBOARD_PASSWORD_HASH, leave out PUBLIC_DASHBOARD, and deploy.');
}

function failure(name: string, status: number, log: string): Finding {
  if (status === 429)
    return warning(
      `${name} answers 429: the rate limit.`,
      name === '/track' ? 'Run this again later. API_RATE sets the limit.' : 'Run this again in a minute.',
    );
  const isOther = status >= 200 && status < 500;
  return problem(
    `${name} answers ${status}, which is not an answer of Footfall.`,
    isOther ? 'Check the URL, and deploy again.' : readLog(log),
  );
}
