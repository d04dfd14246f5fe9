import { startFirehose } from './firehose.ts';

/** Starts the stand-ins that write a lake into a folder, and answer from it. DuckDB is loaded only then. */
export async function startLake(folder: string) {
  const firehose = await startFirehose(folder);
  const { startAthena } = await import('./lake-athena.ts');
  const athena = await startAthena(folder);
  return {
    environment: { ...firehose.environment, ...athena.environment },
    async close() {
      await Promise.all([firehose.close(), athena.close()]);
    },
  };
}
