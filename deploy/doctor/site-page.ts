import { type FetchedText, fetchText, isLocal } from './fetch-text.ts';
import { type Finding, printable, problem } from './finding.ts';
import { pageFindings, type Wanted } from './page.ts';
import { checkExplain } from './routes.ts';

/** Returns the home page of a host of SITES. */
export function homeOf(site: string): URL {
  const url = new URL(`https://${site}/`);
  return isLocal(url) ? new URL(`http://${site}/`) : url;
}

/** Reads a page and says whether its views are counted: by what it carries, and by what /track answers to it. */
export async function checkPage(page: URL, track: URL, wanted: Wanted): Promise<Finding[]> {
  try {
    const answer = await fetchText(page);
    return [...contentFindings(answer, wanted), ...(await checkExplain(track, answer.url))];
  } catch (error) {
    const reason = printable((error as Error).message);
    return [problem(`${page.href} does not answer: ${reason}.`, 'Open this URL in a browser, and correct SITES.')];
  }
}

function contentFindings(answer: FetchedText, wanted: Wanted): Finding[] {
  const name = printable(answer.url.href);
  const type = answer.headers.get('content-type') ?? 'nothing';
  if (answer.status !== 200)
    return [problem(`${name} answers ${answer.status}.`, 'Name a page that exists: npm run doctor -- URL.')];
  if (!/^text\/html|^application\/xhtml\+xml/i.test(type))
    return [problem(`${name} is not HTML, but ${printable(type, 60)}.`, 'Name a page that is: npm run doctor -- URL.')];
  return pageFindings(answer, wanted);
}
