// serverless-offline runs with this module preloaded, so that it takes 130 MB less. It leaves out what a start does not use.
// Deploys use all of it.

import { createRequire, Module } from 'node:module';

const require = createRequire(import.meta.url);

// The check of serverless.yml compiles 8 MB of code, which then stay. Deploys and tests check it.
const ConfigSchemaHandler = require('serverless/lib/classes/config-schema-handler/index.js');
ConfigSchemaHandler.prototype.validateConfig = async () => {};

// Of these, serverless-esbuild uses two modules, and the rest only to pack.
const ofBundler = createRequire(import.meta.resolve('serverless-esbuild'));
const use = (name, exports) => {
  const file = ofBundler.resolve(name);
  ofBundler.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports });
};
use('@effect/platform', {
  Error: ofBundler('@effect/platform/Error'),
  FileSystem: ofBundler('@effect/platform/FileSystem'),
});
use('@effect/platform-node', {});
