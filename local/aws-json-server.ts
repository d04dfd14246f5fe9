import { createServer } from 'node:http';
import { close, listen } from './listen.ts';

/** What carries out an operation, by its name. An answer with `__type` refuses it. What throws is refused, too. */
// biome-ignore lint/suspicious/noExplicitAny: any input of an operation
export type Operations = Record<string, (input: any) => object>;

/** Starts a server that speaks AWS's JSON protocol. Nothing that a request holds ends it. */
export async function startAwsJson(target: string, operations: Operations) {
  const server = createServer(async (request, response) => {
    const [prefix, name = ''] = String(request.headers['x-amz-target']).split('.');
    const text = await request.toArray().then(
      (chunks) => Buffer.concat(chunks).toString(),
      () => '', // the client went away
    );
    const operation = prefix === target && Object.hasOwn(operations, name) ? operations[name] : undefined;
    const body = operation ? answered(() => operation(JSON.parse(text))) : { __type: 'UnknownOperationException' };
    response.writeHead('__type' in body ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  const port = await listen(server);
  return { url: `http://localhost:${port}`, close: () => close(server) };
}

function answered(operation: () => object): object {
  try {
    return operation();
  } catch (error) {
    return { __type: 'SerializationException', message: (error as Error).message };
  }
}
