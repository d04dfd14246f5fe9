import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';

/**
 * `import … from 'node:http'` makes Node.js evaluate every export that the module has, and one of them is a getter that loads
 * undici: a fifth of a cold start. Asked for like this, a built-in module evaluates what is used.
 */
const builtinsAsUsed = {
  name: 'built-in modules as used',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[\w/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin', sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** Lambda hands the role's credentials over in the environment: the SDK's other ways to them are a third of it. */
const credentialsFromEnvironment = {
  name: 'credentials from the environment',
  setup(build) {
    build.onLoad({ filter: /credential-provider-node[\\/]dist-es[\\/]index\.js$/ }, ({ path }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: dirname(path),
    }));
  },
};

/** DynamoDB streams no events: without what the SDK would import for them, esbuild need not wrap each of its modules. */
const noEventStreams = {
  name: 'no event streams',
  setup(build) {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/** How the functions are bundled, besides what serverless.yml says: for less to load on a cold start (decision 012). */
export default [builtinsAsUsed, credentialsFromEnvironment, noEventStreams];
