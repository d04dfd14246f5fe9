import { drains } from './highest-bill.ts';

/** A hit that was sent, in seconds, and the write units that each table was charged for it. */
export interface ChargedHit {
  at: number;
  visitors: number;
  statistics: number;
  /** The item of the statistics. */
  item: string;
}

/** The write units a second of each table, and for how many seconds it keeps those that nobody used. */
export interface Capacity {
  visitors: number;
  statistics: number;
  secondsKept: number;
}

/** An increment on the queue. */
interface Message {
  hit: ChargedHit;
  /** When it can be received, in seconds. */
  visible: number;
  receives: number;
}

/** A table that takes writes while it has units. It fills up second by second. */
function table(rate: number, secondsKept: number) {
  let units = rate * secondsKept;
  let last = 0;
  return (at: number, wanted: number): boolean => {
    units = Math.min(rate * secondsKept, units + Math.max(0, at - last) * rate);
    last = Math.max(last, at);
    // DynamoDB takes a write if any unit is left. The next writes wait until the rest is made up for.
    if (units <= 0) return false;
    units -= wanted;
    return true;
  };
}

/** As in infra/queue.yml and serverless.yml. */
const secondsHidden = 380;
const mostReceives = 20;
const secondsOfBatch = 20;
/**
 * Plays hits in the order of their time against tables of a capacity, with the overflow queue and its function. A view that
 * the visitors table throttles counts without a visitor. One that the statistics throttle waits on the queue.
 */
export function play(hits: ChargedHit[], capacity: Capacity) {
  const visitors = table(capacity.visitors, capacity.secondsKept);
  const statistics = table(capacity.statistics, capacity.secondsKept);
  let queue: Message[] = [];
  const result = {
    hits: hits.length,
    queued: 0,
    withoutVisitor: 0,
    'longest wait, s': 0,
    receives: 0,
    dead: 0,
    counted: 0,
  };

  function drain(at: number): void {
    const batch = queue.filter(({ visible }) => visible <= at).slice(0, drains.atOnce * drains.messages);
    if (batch.length === 0) return;
    const byItem = Map.groupBy(batch, ({ hit }) => hit.item);
    const done = new Set<Message>();
    for (const messages of byItem.values()) {
      const units = Math.max(...messages.map(({ hit }) => hit.statistics));
      let time = at;
      while (time < at + drains.seconds && !statistics(time, units)) time++;
      const isAdded = time < at + drains.seconds;
      for (const message of messages) {
        message.receives += 1;
        result.receives = Math.max(result.receives, message.receives);
        message.visible = at + secondsHidden;
        if (isAdded) result['longest wait, s'] = Math.max(result['longest wait, s'], time - message.hit.at);
        if (isAdded) result.counted += 1;
        else if (message.receives === mostReceives) result.dead += 1;
        if (isAdded || message.receives === mostReceives) done.add(message);
      }
    }
    queue = queue.filter((message) => !done.has(message));
  }

  let next = 0;
  const end = hits.at(-1)?.at ?? 0;
  for (let at = hits[0]?.at ?? 0; next < hits.length || queue.length > 0; at++) {
    for (let hit = hits[next]; hit && hit.at <= at; hit = hits[++next]) {
      if (hit.visitors > 0 && !visitors(at, hit.visitors)) result.withoutVisitor += 1;
      if (statistics(at, hit.statistics)) result.counted += 1;
      else {
        result.queued += 1;
        queue.push({ hit, visible: at, receives: 0 });
      }
    }
    if (at % secondsOfBatch === 0) drain(at);
    if (at > end + 86_400) break;
  }
  return { ...result, left: queue.length };
}
