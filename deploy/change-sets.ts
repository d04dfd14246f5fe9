import type { Serverless } from './cloudformation.ts';
import { explainConflict } from './name-conflict.ts';

/** The parts of `sls` that make change sets, to deploy and to roll back. */
interface MakesChangeSets {
  getCreateChangeSetParams(options: object): object;
  waitForChangeSetCreation(changeSetName: string, stackName: string): Promise<unknown>;
}

/**
 * Lets each change set take in a table that an earlier stack has kept, and says which names are taken where CloudFormation
 * refuses one. `sls` has no setting for the parameter.
 */
export function extendChangeSets(serverless: Serverless): void {
  for (const plugin of serverless.pluginManager.plugins.filter(makesChangeSets)) {
    const { getCreateChangeSetParams, waitForChangeSetCreation } = plugin;
    plugin.getCreateChangeSetParams = (options) => ({
      ...getCreateChangeSetParams.call(plugin, options),
      ImportExistingResources: true,
    });
    plugin.waitForChangeSetCreation = async (changeSetName, stackName) => {
      try {
        return await waitForChangeSetCreation.call(plugin, changeSetName, stackName);
      } catch (error) {
        const explained = await explainConflict(serverless, (error as Error).message);
        throw explained ? new serverless.classes.Error(explained, 'FOOTFALL_NAME_CONFLICT') : error;
      }
    };
  }
}

const makesChangeSets = (plugin: object): plugin is MakesChangeSets =>
  'getCreateChangeSetParams' in plugin && 'waitForChangeSetCreation' in plugin;
