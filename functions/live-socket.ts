import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { readAuthSettings, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { bareHost } from '../core/collect/bare-host.ts';
import { createAuth } from '../http/auth.ts';
import { authStore } from '../store/auth-store.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { liveStore } from '../store/live.ts';

/** An event of a WebSocket API. A request to connect has headers and a query besides. */
export interface SocketEvent {
  requestContext: Pick<
    APIGatewayProxyWebsocketEventV2['requestContext'],
    'routeKey' | 'connectionId' | 'requestTimeEpoch'
  >;
  headers?: Record<string, string | undefined>;
  queryStringParameters?: Record<string, string | undefined>;
}

const sites = readSetting('SITES', process.env);
const { statisticsTable, visitorsTable, liveTable } = readTableNames(process.env);
const client = dynamoClient(standard(readRequestTimeout(process.env)));
const auth = createAuth(readAuthSettings(process.env), authStore(client, statisticsTable, visitorsTable), sites);
const live = liveStore(client, liveTable);

/** Each post goes to all of them, in the 50 ms that a hit waits. More are more than the readers of one dashboard. */
const maxConnections = 20;
/** API Gateway ends a connection after two hours. */
const connectionLifetime = 2 * 3600 + 600;
/** A browser sends a ping every two minutes. */
const secondsWatched = 180;

const ok = { statusCode: 200 };

/** The WebSocket API of the live view: opens and closes connections. Any message says that somebody still watches. */
export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const { routeKey, connectionId, requestTimeEpoch } = event.requestContext;
  const now = Math.floor(requestTimeEpoch / 1000);
  if (routeKey === '$connect') return connect(event, now);
  if (routeKey === '$disconnect') await live.disconnect(connectionId);
  else await live.watch(now + secondsWatched);
  return ok;
}

/** Opens a connection for a page of the dashboard with a token that is not yet over. */
async function connect({ requestContext, headers, queryStringParameters }: SocketEvent, now: number) {
  const claim = await auth.verifyLiveToken(queryStringParameters?.token, now);
  if (!claim) return { statusCode: 401 };
  if (claim.origin !== originIn(headers)) return { statusCode: 403 };
  if ((await live.connections(now)).length >= maxConnections) return { statusCode: 429 };
  const connection = { id: requestContext.connectionId, site: bareHost(claim.site) };
  await Promise.all([live.connect(connection, now + connectionLifetime), live.watch(now + secondsWatched)]);
  return ok;
}

/** API Gateway keeps the case in which a browser writes the names of headers. */
const originIn = (headers: SocketEvent['headers'] = {}) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'origin')?.[1];
