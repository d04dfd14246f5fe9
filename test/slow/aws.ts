import { createServer } from 'node:http';
import { after } from 'node:test';
import { close, listen } from '../../local/listen.ts';

/** An answer that refuses, by the code that AWS gives it. */
export class Refused extends Error {}

/** What AWS answers, by service and operation: `sts GetCallerIdentity`. */
export type Answers = Record<string, (input: Record<string, unknown>) => object>;

/**
 * Starts a stand-in for AWS that answers in the protocols of the services, until the test file ends. Returns its address and
 * what it was asked. What is not in the answers is an error.
 */
export async function startAws(answers: Answers): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const [, service = ''] =
      /Credential=[^/]+\/\d+\/[\w-]+\/([\w-]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const isQuery = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const { Action, ...input } = isQuery ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body || '{}');
    const operation = Action ?? target ?? `${request.method} ${request.url}`;
    asked.push(`${service} ${operation}`);
    const write = (status: number, value: object) =>
      response
        .writeHead(status, { 'content-type': isQuery ? 'text/xml' : 'application/x-amz-json-1.0' })
        .end(isQuery ? toXml(value) : JSON.stringify(value));
    try {
      const answer = answers[`${service} ${operation}`]?.(input);
      if (!answer) throw new Refused('UnknownOperationException');
      write(200, isQuery ? { [`${operation}Response`]: { [`${operation}Result`]: answer } } : answer);
    } catch (error) {
      const { message } = error as Error;
      const refusal = { Error: { Type: 'Sender', Code: message.split(':')[0], Message: message } };
      write(400, isQuery ? { ErrorResponse: refusal } : { __type: message.split(':')[0], message });
    }
  });
  const port = await listen(server);
  after(() => close(server));
  return { url: `http://localhost:${port}`, asked };
}

/** Returns a value as the query protocol writes it: lists have an element `member` for each of their items. */
function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
      .join('');
  return String(value).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
