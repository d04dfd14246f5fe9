import { readFile } from 'node:fs/promises';
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

/**
 * Of vega, what draws a chart of bars. By itself it registers every transform, such as maps and word clouds, and names 60
 * colour schemes.
 */
const vegaAsUsed = {
  name: 'vega as used',
  setup(build) {
    build.onLoad({ filter: /[\\/]vega\.module\.js$/ }, ({ path }) => ({
      contents: `
        import { transforms } from 'vega-dataflow';
        import * as data from 'vega-transforms';
        import * as encode from 'vega-encode';
        import * as view from 'vega-view-transforms';
        Object.assign(transforms, data, encode, view);
        export { View } from 'vega-view';`,
      resolveDir: dirname(path),
    }));
    build.onLoad({ filter: /[\\/]vega-scale\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/^apply\((discrete|continuous), .*\);$/gm, '');
      if (text.length === contents.length)
        throw new Error('vega-scale names its colour schemes in another way: see deploy/bundling.mjs.');
      return { contents };
    });
    // Their package.json does not say that importing them does nothing else.
    build.onResolve({ filter: /^vega-/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === 'vega') return undefined;
      return { ...(await build.resolve(path, { ...where, pluginData: 'vega' })), sideEffects: false };
    });
  },
};

/** How the functions are bundled, besides what serverless.yml says: for less to load on a cold start (decision 012). */
export default [builtinsAsUsed, credentialsFromEnvironment, noEventStreams, vegaAsUsed];
