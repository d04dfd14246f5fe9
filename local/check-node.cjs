// Runs before npm start and npm test, in whatever Node.js there is. Under npm that may be a newer one than npm's own.
const [, version] = /\bnode\/v?(\d+)/.exec(process.env.npm_config_user_agent) || [
  null,
  parseInt(process.versions.node, 10),
];
if (Number(version) < 20) {
  console.error(`Footfall needs Node.js 20.19 or later, see https://nodejs.org; this is version ${version}`);
  process.exit(1);
}
