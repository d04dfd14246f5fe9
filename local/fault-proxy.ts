import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { close, listen } from './listen.ts';

/** A fault of a request. `after` means that the service carried it out. */
export type Fault =
  | 'throttle'
  | 'fail before'
  | 'fail after'
  | 'reset before'
  | 'reset after'
  | 'stall before'
  | 'stall after'
  | 'garble';

/** A request of the SDK: its operation, such as `UpdateItem`, and its JSON. */
export interface Asked {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: any input of an operation
  body: any;
}

export interface FaultProxy {
  url: string;
  /** Requests that were carried out, but whose answer got lost. */
  lost: Asked[];
  /** How many requests met each fault, or none. */
  met: Map<Fault | 'none', number>;
  close(): Promise<void>;
}

/** Starts a proxy in front of a service with AWS's JSON protocol. Each request gets the fault that `faultOf` returns. */
export async function faultProxy(target: string, faultOf: (asked: Asked) => Fault | undefined): Promise<FaultProxy> {
  const lost: Asked[] = [];
  const met = new Map<Fault | 'none', number>();
  /** The last request of a connection, once it is answered. */
  const answered = new WeakMap<Socket, Asked>();

  const server = createServer(async (asking, response) => {
    answered.delete(asking.socket);
    const text = await textOf(asking);
    if (text === undefined) return;
    const operation = String(asking.headers['x-amz-target']).split('.')[1] ?? '';
    const asked = { operation, body: text && JSON.parse(text) };
    const fault = faultOf(asked);
    met.set(fault ?? 'none', (met.get(fault ?? 'none') ?? 0) + 1);

    if (fault === 'throttle') return answer(response, 400, error('ThrottlingException'));
    if (fault === 'fail before') return answer(response, 500, error('InternalServerError'));
    if (fault === 'reset before') return void asking.socket.destroy();
    if (fault === 'stall before') return;
    const { status, body } = await forward(target, asking, text);
    if (status === 200 && (fault || response.destroyed)) lost.push(asked);
    if (fault === 'fail after') return answer(response, 500, error('InternalServerError'));
    if (fault === 'reset after') return void asking.socket.destroy();
    if (fault === 'stall after') return;
    if (status === 200) answered.set(asking.socket, asked);
    answer(response, status, fault === 'garble' ? `${body.slice(0, -1)}"` : body);
  });
  // A client that gives up just before it reads the answer closes the connection, which nothing else does.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) =>
    socket.once('close', () => {
      const asked = answered.get(socket);
      if (asked) lost.push(asked);
    }),
  );
  const port = await listen(server);
  return { url: `http://localhost:${port}`, lost, met, close: () => close(server) };
}

/** Reads the text of a message. Resolves to undefined if the other side closes the connection first. */
const textOf = (request: IncomingMessage): Promise<string | undefined> =>
  request.toArray().then(
    (chunks) => Buffer.concat(chunks).toString(),
    () => undefined,
  );

const error = (name: string) => JSON.stringify({ __type: `com.amazonaws#${name}`, message: 'made up' });

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}

const agent = new Agent({ keepAlive: true });

async function forward(target: string, { method, headers, url = '/' }: IncomingMessage, body: string) {
  const passed = request(new URL(url, target), {
    ...(method && { method }),
    headers: { ...headers, host: new URL(target).host },
    agent,
  });
  passed.end(body);
  const [answered] = (await once(passed, 'response')) as [IncomingMessage];
  return { status: answered.statusCode ?? 0, body: (await textOf(answered)) ?? '' };
}
