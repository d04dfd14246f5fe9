import { env } from 'node:process';

// Runs the tests without a database or another process in one process. local/run-tests.ts names them.
for (const file of env.PURE_TESTS?.split(',') ?? []) await import(`../${file}`);
