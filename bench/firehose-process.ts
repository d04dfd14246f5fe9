import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../local/listen.ts';

/** Starts a stand-in for Firehose in another process, so that its CPU does not count. It keeps nothing. */
export async function useFirehoseProcess(): Promise<{ close(): void }> {
  const child = fork(import.meta.filename);
  const [port] = await once(child, 'message');
  Object.assign(process.env, { FIREHOSE_URL: `http://localhost:${port}`, LAKE_STREAM: 'lake' });
  return { close: () => child.kill() };
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit());
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.end('{"RecordId":"1","Encrypted":false}'));
  });
  process.send?.(await listen(server));
}
