import { createHash } from 'node:crypto';
import { domainPattern } from '../../snippet/domain-pattern.ts';
import { allowsRequest, allowsScript, parsePolicies } from './content-policy.ts';
import type { FetchedText } from './fetch-text.ts';
import { type Finding, ok, printable, problem, warning } from './finding.ts';
import { type PageScript, scriptsOf } from './page-scripts.ts';

/** What pages should carry. */
export interface Wanted {
  /** Both blocks as to be pasted, for the first of the endpoints. */
  snippet: string;
  eventsSnippet: string;
  /** The addresses of /track. All but the first are other addresses of the same API. */
  endpoints: string[];
}

/** One of the two blocks to paste. */
interface Block {
  name: string;
  /** Matches the block for any address of /track and any hosts. Its groups are `address` and `hosts`. */
  current: RegExp;
  /** Tells other versions of it. */
  isVersion(text: string): boolean;
}

/** A block on a page. */
interface Pasted {
  script: PageScript;
  /** Where it sends hits; undefined if it is another version. */
  endpoint: string | undefined;
  /** Matches the hosts on which it sends. */
  hosts: RegExp;
}

/** Says whether a page carries the current snippet once, in the head, and whether it may run and send. */
export function pageFindings(page: Pick<FetchedText, 'url' | 'headers' | 'text'>, wanted: Wanted): Finding[] {
  const { scripts, policies } = scriptsOf(page.text);
  const name = printable(page.url.href);
  const blocks = blocksOf(wanted);
  const [snippet = [], events = []] = blocks.map((block) => pastedIn(scripts, block));
  if (snippet.length === 0)
    return [
      problem(`${name} does not carry the snippet.`, 'Paste it into the head. npx sls info and /install show it.'),
    ];
  const all = { page, name, wanted, headPolicies: policies };
  const found = [...blockFindings(blocks[0], snippet, all), ...blockFindings(blocks[1], events, all)];
  const both = events.length > 0 ? ' and the events block' : '';
  return found.length > 0 ? found : [ok(`${name} carries the current snippet${both} once, in the head.`)];
}

function blocksOf({ snippet, eventsSnippet, endpoints }: Wanted): [Block, Block] {
  const endpoint = JSON.stringify(endpoints[0]);
  const currentOf = (element: string) =>
    new RegExp(
      literally(element.replace(/^<script>|<\/script>$/g, ''))
        .replace(literally(endpoint), () => '(?<endpoint>"(?:[^"\\\\]|\\\\.)*")')
        .replace(literally(`/${domainPattern}/`), () => `/(?<hosts>${literally(domainPattern)}[^/]*)/`),
      'g',
    );
  const isEvents = (text: string) => text.includes('window.footfall');
  return [
    {
      name: 'the snippet',
      current: currentOf(snippet),
      isVersion: (text) => text.includes('footfall-ignore') && !isEvents(text),
    },
    { name: 'the events block', current: currentOf(eventsSnippet), isVersion: isEvents },
  ];
}

/** Returns each place where a block is, also where one script holds it twice. */
function pastedIn(scripts: PageScript[], { current, isVersion }: Block): Pasted[] {
  return scripts.flatMap((script): Pasted[] => {
    const found = [...script.text.matchAll(current)];
    if (found.length === 0) return isVersion(script.text) ? [{ script, endpoint: undefined, hosts: /^/ }] : [];
    return found.map(({ groups }) => ({
      script,
      endpoint: unquoted(groups?.endpoint ?? ''),
      hosts: patternOf(groups?.hosts ?? ''),
    }));
  });
}

/** Returns a regular expression, or one that matches nothing if a page has broken it. */
function patternOf(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return /(?!)/;
  }
}

/** Returns a regular expression that matches just this text. */
const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function unquoted(literal: string): string {
  try {
    return JSON.parse(literal);
  } catch {
    return literal;
  }
}

interface Surroundings {
  page: Pick<FetchedText, 'url' | 'headers'>;
  name: string;
  wanted: Wanted;
  headPolicies: string[];
}

/** Says what is wrong with a block that a page carries. */
function blockFindings(block: Block, pasted: Pasted[], surroundings: Surroundings): Finding[] {
  const { page, name, wanted } = surroundings;
  const [first] = pasted;
  if (!first) return [];
  if (pasted.length > 1)
    return [problem(`${name} carries ${block.name} ${pasted.length} times.`, 'Leave one of them, in the head.')];
  const { script, endpoint, hosts } = first;
  const found: Finding[] = [];
  if (endpoint === undefined)
    found.push(
      warning(
        `${name} carries another version of ${block.name}, or a tool has changed it.`,
        'Paste the current one. npx sls info and /install show it.',
      ),
    );
  else if (!wanted.endpoints.includes(endpoint))
    found.push(
      problem(
        `${name} sends its hits to ${printable(endpoint)}.`,
        `Paste ${block.name} anew. It has to send to ${wanted.endpoints[0]}.`,
      ),
    );
  if (!hosts.test(page.url.host))
    found.push(
      problem(
        `${name} carries ${block.name} that is silent on this host.`,
        `Add ${page.url.host} to SITES, and paste ${block.name} anew.`,
      ),
    );
  if (script.inert)
    found.push(
      problem(
        `${name} carries ${block.name} in a script that browsers do not run: ${printable(script.inert, 60)}.`,
        'Remove this attribute. A consent tool or an optimizer may set it: exempt the script there.',
      ),
    );
  if (script.place === 'body')
    found.push(warning(`${name} carries ${block.name} in the body.`, 'Move it into the head, right before </head>.'));
  return [...found, ...policyFindings(block, first, surroundings)];
}

const hashOf = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('base64');

function policyFindings({ name: block }: Block, { script, endpoint }: Pasted, surroundings: Surroundings): Finding[] {
  const { page, name, wanted, headPolicies } = surroundings;
  const header = page.headers.get('content-security-policy') ?? '';
  const sendTo = URL.parse(endpoint ?? wanted.endpoints[0] ?? '');
  const found: Finding[] = [];
  if (![header, ...script.policies].flatMap(parsePolicies).every((policy) => allowsScript(policy, script, hashOf)))
    found.push(
      problem(
        `${name} has a Content-Security-Policy that does not let ${block} run.`,
        `Add 'sha256-${hashOf('sha256', script.text)}' to its script-src.`,
      ),
    );
  const mayAsk = (policy: ReturnType<typeof parsePolicies>[number]) =>
    !sendTo || allowsRequest(policy, sendTo, page.url);
  if (![header, ...headPolicies].flatMap(parsePolicies).every(mayAsk))
    found.push(
      problem(
        `${name} has a Content-Security-Policy that does not let ${block} send.`,
        `Add ${sendTo?.origin} to its connect-src.`,
      ),
    );
  return found;
}
