import { mkdir } from 'node:fs/promises';
import { build } from '../deploy/build.ts';
import { startApi } from './api.ts';
import { startBlog } from './blog.ts';
import { startDatabase } from './database.ts';
import { close } from './listen.ts';

/** The whole of Footfall on one machine. */
export interface App {
  dashboardUrl: string;
  trackUrl: string;
  blogUrl: string;
  /** What makes the functions of this process use the app's database and settings. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Starts database, functions (on `port`) and demo blog (on `blogPort`); data is kept in `folder`, or nowhere. */
export async function startApp({
  port,
  blogPort,
  folder,
}: {
  port: number;
  blogPort: number;
  folder?: string;
}): Promise<App> {
  await build();
  const { snippetFor } = await import('../snippet/embed.ts');
  if (folder) await mkdir(folder, { recursive: true });
  const database = await startDatabase(folder);
  const environment = {
    ...database.environment,
    SITES: `localhost:${blogPort}`,
    TIME_ZONE: process.env.TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    STATISTICS_TABLE: 'SiteStatistics',
  };
  const api = await startApi(environment, port);
  const dashboardUrl = `${api.origin}/dashboard`;
  const trackUrl = `${api.origin}/track`;
  const blog = await startBlog(blogPort, snippetFor(trackUrl), dashboardUrl);
  return {
    dashboardUrl,
    trackUrl,
    blogUrl: `http://localhost:${blogPort}/`,
    environment,
    async close() {
      await close(blog);
      await api.close();
      await database.close();
    },
  };
}
