import { settings } from '../config/settings.ts';
import { runningEnvironment } from '../local/running.ts';

/**
 * Sets the environment to the settings of an installation: those of the npm start that runs at `target`, or the shell's,
 * for tables on AWS. Throws an Error that says what to do if nothing runs there.
 */
export async function useInstallation(target: string | undefined): Promise<void> {
  if (target === undefined) {
    process.env.AWS_REGION ||= settings.AWS_REGION.default;
    return;
  }
  const url = URL.parse(target);
  if (!url || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
    throw new Error(`--target takes the address of npm start, like http://localhost:3000, not "${target}".`);
  const environment = await runningEnvironment(Number(url.port || 80));
  if (!environment) throw new Error(`No npm start runs at ${url.origin}. Start it, then run this again.`);
  Object.assign(process.env, environment);
}
