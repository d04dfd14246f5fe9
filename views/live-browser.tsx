/// <reference lib="dom" />
// Runs in the browser, on the live page alone. It draws the same board as the server, with the views that a WebSocket
// brings. Whatever fails, the page goes on: it then asks the server every 15 s, as it does without a script.
import { render } from 'preact';
import { type LiveBatch, type LiveHit, parseLiveBatch } from '../core/live/live-hit.ts';
import { liveReportOf } from '../core/live/live-report.ts';
import { LiveBoard } from './LiveBoard.tsx';
import { type LiveData, liveRefresh, liveTitle, updatesOf } from './live-data.ts';

const msToRefresh = 1000 * liveRefresh;
/** With a connection, the server is asked each minute all the same: the last hits of a burst may wait for the next hit. */
const ticksToRefresh = 4;
/** API Gateway ends a connection that is idle for ten minutes. Each ping also says that somebody watches. */
const ticksToPing = 8;
const msToRetry = 1_000;
const mostMsToRetry = 60_000;
const msFresh = 3_000;
/** What the page itself may be answered with. Anything else is a failure that may pass. */
const statusesOfPage = [200, 400, 401];

const byId = (id: string) => document.getElementById(id) as HTMLElement;
const textIn = (page: Document) => page.getElementById('live-data')?.textContent;

let data: LiveData = JSON.parse(textIn(document) ?? '');
let socket: WebSocket | undefined;
let failures = 0;
let isPaused = false;
/** Ends what the page asks for when it is stopped or hidden. */
let watching = new AbortController();
let retry: ReturnType<typeof setTimeout> | undefined;
const fresh = new Set<LiveHit>();
/** How far the server's clock is ahead of this one. */
let ahead = data.now - Date.now();

function draw() {
  const report = liveReportOf(data, Date.now() + ahead);
  render(<LiveBoard report={report} {...data} isFresh={(hit) => fresh.has(hit)} />, byId('live'));
  document.title = `${liveTitle(report, data.site)} · Footfall`;
}

function tell() {
  const { status, change } = updatesOf(isPaused);
  const isLive = !isPaused && socket?.readyState === WebSocket.OPEN;
  byId('live-status').textContent = isLive ? 'Live: new views show at once.' : status;
  byId('live-pause').textContent = change;
}

function add({ hits, more }: LiveBatch) {
  data.hits.push(...hits);
  for (const [site, count] of Object.entries(more)) data.more[site] = (data.more[site] ?? 0) + count;
  for (const hit of hits) fresh.add(hit);
  setTimeout(() => {
    for (const hit of hits) fresh.delete(hit);
  }, msFresh);
  draw();
}

/** Connects with a token of the page. Each further attempt needs a new page, because a token lives one minute. */
function connect() {
  const opened = new WebSocket(data.socket);
  socket = opened;
  opened.onopen = () => {
    failures = 0;
    tell();
  };
  opened.onmessage = ({ data: text }) => {
    const batch = parseLiveBatch(String(text));
    if (batch && opened === socket) add(batch);
  };
  opened.onclose = () => {
    if (opened !== socket) return;
    socket = undefined;
    tell();
    const wait = Math.min(mostMsToRetry, msToRetry * 2 ** failures++);
    retry = setTimeout(renew, wait * (0.5 + Math.random() / 2));
  };
}

/** Asks the server for the page, takes its numbers and its token, and connects again. */
async function renew() {
  const { signal } = watching;
  if (await refresh()) connect();
  else if (!signal.aborted) retry = setTimeout(renew, msToRefresh);
}

async function refresh(): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { signal: watching.signal });
    if (!statusesOfPage.includes(answer.status)) return false;
    const text = textIn(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    // The session or the link has ended, or the page now works without this script. The server's page says what to do.
    if (!text) location.reload();
    data = JSON.parse(text ?? '');
    ahead = data.now - Date.now();
    draw();
    return true;
  } catch {
    return false;
  }
}

function stop() {
  watching.abort();
  watching = new AbortController();
  clearTimeout(retry);
  const open = socket;
  socket = undefined;
  open?.close();
}

/** Nobody watches a page that is hidden, so it costs nothing. */
function watchWhileShown() {
  stop();
  if (!isPaused && !document.hidden) renew();
  tell();
}

byId('live-pause').onclick = (event) => {
  event.preventDefault();
  isPaused = !isPaused;
  watchWhileShown();
};
document.addEventListener('visibilitychange', watchWhileShown);
let ticks = 0;
setInterval(() => {
  if (isPaused || document.hidden) return;
  if (socket?.readyState !== WebSocket.OPEN) return refresh();
  ticks++;
  if (ticks % ticksToPing === 0) socket.send('ping');
  return ticks % ticksToRefresh === 0 ? refresh() : draw();
}, msToRefresh);
draw();
if (document.hidden) tell();
else connect();
