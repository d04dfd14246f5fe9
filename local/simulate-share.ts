import { endless, history } from '../simulator/clickstream.ts';
import { httpTransport } from '../simulator/http.ts';
import { emptyLedger } from '../simulator/ledger.ts';
import { sendHistory, sendLive } from '../simulator/send.ts';
import { handlerTransport } from './handlers.ts';
import { type News, type Task, totalOf } from './simulate-task.ts';

// A process that does one share of a run of simulate.ts, as one of several clients. Its first message is the task, its
// second says to stop.
process.once('message', work);
process.once('disconnect', () => process.exit());

async function work(task: Task): Promise<void> {
  const { options, plan, share, timeZone } = task;
  const { mode, target, concurrency } = options;
  const abort = new AbortController();
  process.once('message', () => abort.abort());
  const ledger = emptyLedger(timeZone);
  const tell = (news: News, done = () => {}) => process.send?.(news, done);
  const progress = setInterval(() => tell({ sent: ledger.sent }), 200);
  if ('rate' in mode) {
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(mode.seconds * 1000)]);
    const sending = { transport: httpTransport(target), ledger, concurrency, signal };
    const most = Math.ceil((totalOf(task) - share.part) / share.of);
    await sendLive(endless(plan, share), mode.rate / share.of, most, sending);
  } else {
    const sending = { transport: await handlerTransport(), ledger, concurrency, signal: abort.signal };
    await sendHistory(history(plan, mode, share), sending);
  }
  clearInterval(progress);
  tell({ ledger }, () => process.exit());
}
