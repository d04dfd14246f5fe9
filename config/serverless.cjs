const { pathToFileURL } = require('node:url');

/** Gives serverless.yml the text of every setting: from the environment or `.env`, else the default of settings.ts. */
module.exports = async ({ resolveVariable }) => {
  const { tsImport } = await import('tsx/esm/api');
  const { settings } = await tsImport('./settings.ts', pathToFileURL(__filename).href);
  const stage = await resolveVariable('sls:stage');
  // A second stage must not share the tables of the first.
  const ofStage = stage === 'prod' ? {} : { TABLE_PREFIX: `Site-${stage}-` };
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, process.env[name] || ofStage[name] || setting.default]),
  );
};
