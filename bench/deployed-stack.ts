import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Limits {
  ThrottlingRateLimit: number | string;
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/** Packages the stack with the default settings. Returns the requests a second of each route, and what functions take. */
export function deployedStack() {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
  try {
    packageInto(folder);
    const text = readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
    const template: Template = JSON.parse(text);
    const all = (type: string) =>
      Object.values(template.Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
    const [stage] = all('AWS::ApiGatewayV2::Stage');
    const own = stage?.RouteSettings as Record<string, Limits>;
    const usual = stage?.DefaultRouteSettings as Limits;
    const routes = all('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => String(RouteKey));
    return {
      rates: Object.fromEntries(routes.map((key) => [key, Number((own[key] ?? usual).ThrottlingRateLimit)])),
      functions: Object.fromEntries(
        all('AWS::Lambda::Function').map(({ FunctionName, MemorySize, Timeout }) => [
          String(FunctionName).replace(/^footfall-prod-/, ''),
          { memory: Number(MemorySize), timeout: Number(Timeout) },
        ]),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Packages the functions and the template into a folder, as `sls deploy` does. */
export function packageInto(folder: string): void {
  const env = { ...process.env, SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' };
  const sls = join(root, 'node_modules/.bin/sls');
  execFileSync(sls, ['package', '--package', folder], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
