// Runs before npm start and npm test, in whatever Node.js there is. Under npm that may be a newer one than npm's own.
const [, version] = /\bnode\/v?([\d.]+)/.exec(process.env.npm_config_user_agent) || [null, process.versions.node];
const [major, minor] = version.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Footfall needs Node.js 20.19 or later, see https://nodejs.org; this is ${version}.`);
  process.exit(1);
}
