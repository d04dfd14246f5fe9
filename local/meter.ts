import { createServer } from 'node:http';
import { close, listen } from './listen.ts';

/** The requests, capacity units and items read of a time. */
export interface Charge {
  writes: number;
  'write units': number;
  reads: number;
  'read units': number;
  'items read': number;
}

/** Starts a proxy in front of a database that adds up what requests cost. It denies operations that `allows` rejects. */
export async function startMeter(target: string, allows: (operation: string) => boolean = () => true) {
  let charge = nothing();
  let writes: Write[] = [];
  const server = createServer(async (request, response) => {
    const asked = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const { host, connection, 'content-length': _, ...headers } = request.headers as Record<string, string>;
    const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
    if (!allows(operation)) return void response.writeHead(400).end('{"__type":"AccessDeniedException"}');
    const body = JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' });
    const answer = await fetch(target, { method: 'POST', headers, body });
    const text = await answer.text();
    add(/^(GetItem|Query|Scan)$/.test(operation), JSON.parse(text), asked);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  });

  function add(isRead: boolean, { ConsumedCapacity, ScannedCount = 0, Item }: Answer, asked: Asked): void {
    // A condition that fails is charged like a write, but the error does not say so: one unit, for an item below 1 KB.
    const units = [ConsumedCapacity].flat().reduce((sum, each) => sum + (each?.CapacityUnits ?? 1), 0);
    charge[isRead ? 'reads' : 'writes'] += 1;
    charge[isRead ? 'read units' : 'write units'] += units;
    if (!isRead) writes.push({ table: asked.TableName ?? '', item: JSON.stringify(asked.Key), units });
    if (isRead) charge['items read'] += Item ? 1 : ScannedCount;
  }

  const port = await listen(server);
  return {
    endpoint: `http://localhost:${port}`,
    /** Returns the charge since the last call. */
    charged(): Charge {
      const since = charge;
      charge = nothing();
      writes = [];
      return since;
    },
    /** Returns the writes since the last call of `charged`. */
    writes: () => writes,
    close: () => close(server),
  };
}

/** A write of one item. */
export interface Write {
  table: string;
  /** Its key. */
  item: string;
  units: number;
}

interface Asked {
  TableName?: string;
  Key?: object;
}

/** The parts of DynamoDB's answer that matter here. A batch has a capacity for each table. */
interface Answer {
  ConsumedCapacity?: Capacity | Capacity[];
  ScannedCount?: number;
  Item?: object;
}

interface Capacity {
  CapacityUnits: number;
}

const nothing = (): Charge => ({ writes: 0, 'write units': 0, reads: 0, 'read units': 0, 'items read': 0 });
