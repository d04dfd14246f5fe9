import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on localhost, by default on a free port, and returns the port. Rejects if it is in use. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Closes a server and the connections that clients keep open. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    await close(server);
    return true;
  } catch {
    return false;
  }
}

/** Returns the first of `count` free ports in a row. They are below the range of outgoing connections. */
export async function freePorts(count: number): Promise<number> {
  const first = 20_000 + Math.floor(Math.random() * 12_000);
  const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
  return free.every(Boolean) ? first : freePorts(count);
}
