import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Response } from '../../http/response.ts';
import { mostLinks } from '../../http/sharing.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';
import { concurrently } from '../../store/concurrently.ts';
import { keysStore } from '../../store/keys-store.ts';
import { liveStore } from '../../store/live.ts';
import { quickHash, socketClaim, startFunctions } from './footfall.ts';
import { host, signInOwner, text, to } from './owner.ts';

const password = 'correct horse battery';
const settings = {
  SITES: 'blog.example.com,notes.example.org',
  PUBLIC_DASHBOARD: '',
  DASHBOARD_PASSWORD_HASH: await quickHash(password),
};
const { track, dashboard, stats } = await startFunctions(settings);
const client = new DynamoDBClient();
after(() => client.destroy());
const { readKeys, addLink, deleteLink } = keysStore(client, 'SiteStatistics');
const noon = Date.parse('2026-11-18T12:00:00Z');
const day = 86_400_000;
const [blog, notes] = ['https://blog.example.com/', 'https://notes.example.org/'];
for (const url of [blog, notes]) await track({ body: JSON.stringify({ url }), epoch: noon });

type Handler = (parts: EventParts) => Promise<Response>;
const at = (address: string, epoch = noon) => ({ ...to(address), epoch });
const bearing = (token: string): EventParts => ({
  path: '/stats.json',
  epoch: noon,
  headers: { host, authorization: `Bearer ${token}` },
});
const statusOf = async (answer: Promise<Response>) => (await answer).statusCode;
const revokedOrOver = /This link has expired or was revoked, or a part of it is missing\./;

let owner = await signInOwner(dashboard, password, noon);
const revoke = async (link: string) => {
  const html = text((await owner.look('/share')).body);
  const ids = [...html.matchAll(/name="revoke" value="([^"]+)"/g)].map(([, id = '']) => id);
  const { links } = await owner.pastes();
  return owner.submit({ revoke: ids[links.indexOf(link)] ?? '' });
};

describe('a read-only link', async () => {
  const link = await owner.createLink('2026-12-18');
  const linkOfOne = await owner.createLink('2026-12-31', { site: 'notes.example.org' });

  test('shows every range and filter through its last day, and no way to manage', async () => {
    assert.equal(await statusOf(dashboard(at(link, noon + 30 * day))), 200);
    const { statusCode, body } = await dashboard(at(link));
    assert.equal(statusCode, 200);
    const html = text(body);
    assert.doesNotMatch(html, /href="(install|share)"|sign-out|name="password"/);
    const hrefs = [...html.matchAll(/href="(\?[^"]*|stats\.csv[^"]*)"/g)].map(([, href = '']) => href);
    assert.ok(hrefs.filter((href) => href.startsWith('stats.csv')).length > 5);
    assert.deepEqual(
      hrefs.filter((href) => !href.includes('share=')),
      [],
    );
    for (const path of ['install', 'status', 'share']) {
      const { statusCode, body } = await dashboard(at(link.replace('/dashboard?', `/${path}?`)));
      assert.equal(statusCode, 403);
      assert.doesNotMatch(text(body), /fetch\(|Bearer|feed\.xml|notes\.example\.org: /);
    }
  });

  test('says after its last day that it has expired', async () => {
    const { statusCode, body } = await dashboard(at(link, noon + 31 * day));
    assert.equal(statusCode, 401);
    assert.match(text(body), revokedOrOver);
  });

  test('of one site shows that site alone, until the day that was chosen', async () => {
    const { statusCode, body } = await dashboard(at(linkOfOne));
    assert.equal(statusCode, 200);
    assert.doesNotMatch(text(body), /blog\.example|All sites|Not counted/);
    for (const extra of ['&site=blog.example.com', '&period=300y', '&site=x'])
      assert.doesNotMatch(text((await dashboard(at(linkOfOne + extra))).body), /blog\.example|All sites/);
    const ofOther = await dashboard(at(`${linkOfOne}&page=${encodeURIComponent(blog)}`));
    assert.match(text(ofOther.body), /No matching views in this range/);
    assert.equal(await statusOf(dashboard(at(linkOfOne, Date.parse('2026-12-31T23:00:00Z')))), 200);
    assert.equal(await statusOf(dashboard(at(linkOfOne, Date.parse('2027-01-01T00:00:00Z')))), 401);
  });

  test('shows who reads its site now, and nobody of another', async () => {
    const ring = liveStore(client, 'SiteLive');
    for (const url of [blog, notes])
      await ring.keep({ hits: [{ time: noon, site: new URL(url).host, url, begins: true }], more: {} }, noon);
    const read = async (address: string) =>
      text((await dashboard(at(address.replace('/dashboard?', '/live?')))).body).match(
        /live-count">\d+|blog\.example/g,
      );
    assert.deepEqual(await read(linkOfOne), ['live-count">1']);
    assert.deepEqual(await read(`${linkOfOne}&site=blog.example.com`), ['live-count">1']);
    assert.ok((await read(link))?.includes('live-count">2'));
    assert.equal(await statusOf(dashboard({ path: '/live', epoch: noon })), 401);
  });

  test('needs a day to come', async () => {
    for (const until of ['2026-11-17', '2026-02-30', 'soon', '']) {
      const { statusCode, body } = await owner.submit({ 'create-link': '1', until });
      assert.equal(statusCode, 400, until);
      assert.match(text(body), /is not a day to come: write it like 2026-11-18\./);
    }
    assert.equal((await owner.pastes()).links.length, 2);
  });

  test('shows the site that its form names, whatever site the page is of', async () => {
    const before = (await owner.pastes()).links;
    const form = { 'create-link': '1', until: '2026-12-18' };
    const query = { site: 'blog.example.com' };
    await owner.submit({ ...form, 'link-site': 'notes.example.org' }, { query, epoch: noon + 5000 });
    const created = (await owner.pastes()).links.find((each) => !before.includes(each)) ?? '';
    const html = text((await dashboard(at(created))).body);
    assert.match(html, /notes\.example/);
    assert.doesNotMatch(html, /blog\.example|All sites/);
    await revoke(created);
    const { statusCode, body } = await owner.submit({ ...form, 'link-site': 'evil.example' });
    assert.equal(statusCode, 400);
    assert.match(text(body), /There is no site &quot;evil\.example&quot;: choose one of blog\.example\.com, /);
    assert.deepEqual((await owner.pastes()).links, before);
  });

  test('is listed with its site and its end until its last day, and the page only reads', async (t) => {
    const send = t.mock.method(DynamoDBClient.prototype, 'send');
    const { body } = await owner.look('/share', { site: 'blog.example.com' });
    assert.ok(send.mock.calls.every(({ arguments: [command] }) => command instanceof QueryCommand));
    const lines = [...text(body).matchAll(/<form class="link-line".*?<strong>(.*?)<.*?<small>(.*?)</g)];
    assert.deepEqual(
      lines.map(([, site, ends]) => [site, ends]),
      [
        ['notes.example.org', 'Valid through 2026-12-31, created on 2026-11-18'],
        ['All sites', 'Valid through 2026-12-18, created on 2026-11-18'],
      ],
    );
    const later = { path: '/share', epoch: noon + 31 * day, headers: { host, cookie: owner.cookie } };
    assert.equal(await statusOf(dashboard(later)), 401);
    const again = await signInOwner(dashboard, password, noon + 31 * day);
    assert.deepEqual((await again.pastes()).links, [linkOfOne]);
    assert.match(text((await again.look('/share')).body), /Expired: was valid through 2026-12-18/);
  });

  test('opens nothing once it is revoked, in each function, and the others stay', async () => {
    const third = await owner.createLink('2026-11-18');
    const json = third.replace('/dashboard', '/stats.json');
    for (const answer of [dashboard(at(third)), stats(at(json))]) assert.equal(await statusOf(answer), 200);
    const { statusCode, headers } = await revoke(third);
    assert.deepEqual([statusCode, headers?.location], [303, '?']);
    const { statusCode: ended, body } = await dashboard(at(third));
    assert.equal(ended, 401);
    assert.match(text(body), revokedOrOver);
    assert.equal(await statusOf(stats(at(json))), 401);
    assert.deepEqual((await owner.pastes()).links, [linkOfOne, link]);
    assert.equal(await statusOf(dashboard(at(link))), 200);
    for (const id of ['', 'none', '../installation', 'x'.repeat(3000)]) await owner.submit({ revoke: id });
    assert.deepEqual((await owner.pastes()).links, [linkOfOne, link]);
  });

  test('expires from the table after its last day in every time zone', async (t) => {
    const send = t.mock.method(DynamoDBClient.prototype, 'send');
    const link = await owner.createLink('2026-11-30');
    const inputs = send.mock.calls.map(({ arguments: [command] }) => JSON.stringify(command.input));
    const expires = Date.parse('2026-12-02T00:00:00Z') / 1000;
    assert.equal(inputs.filter((input) => input.includes(`":expires":{"N":"${expires}"}`)).length, 1);
    await revoke(link);
  });

  test('is one of fifty at most', async () => {
    const ids = Array.from({ length: mostLinks - 3 }, (_, i) => `id-${i}`);
    await concurrently(10, ids, (id) => addLink({ id, site: '', until: '2026-11-20', created: 0 }, 4_102_444_800));
    assert.notEqual(await owner.createLink('2026-11-20'), '');
    const { statusCode, body } = await owner.submit({ 'create-link': '1', until: '2026-11-20' });
    assert.equal(statusCode, 400);
    assert.match(text(body), /There are 50 links already\. Revoke one that you no longer need\./);
    assert.equal((await owner.pastes()).links.length, 50);
    await revoke((await owner.pastes()).links[0] ?? '');
    assert.notEqual(await owner.createLink('2026-11-20'), '');
    await concurrently(10, ids, deleteLink);
  });
});

describe('the owner', () => {
  const feedAt = (address: string) => statusOf(stats(at(address)));

  test('ends API tokens with a new one, and nothing else', async () => {
    const [before, one] = [await owner.pastes(), await owner.pastes({ site: 'notes.example.org' })];
    for (const { token } of [before, one]) assert.equal(await statusOf(stats(bearing(token))), 200);
    const { statusCode, headers } = await owner.submit({ 'new-token': '1' }, { query: { site: 'notes.example.org' } });
    assert.deepEqual([statusCode, headers?.location], [303, '?site=notes.example.org']);
    for (const { token } of [before, one]) assert.equal(await statusOf(stats(bearing(token))), 401);
    const now = await owner.pastes();
    assert.equal(await statusOf(stats(bearing(now.token))), 200);
    assert.deepEqual([now.feed, now.links], [before.feed, before.links]);
    assert.equal(await feedAt(before.feed), 200);
  });

  test('ends feed URLs with a new one, and nothing else', async () => {
    const before = await owner.pastes();
    await owner.submit({ 'new-feed': '1' });
    const now = await owner.pastes();
    assert.deepEqual([await feedAt(before.feed), await feedAt(now.feed)], [401, 200]);
    assert.deepEqual([now.token, now.links], [before.token, before.links]);
  });

  test('signs out everywhere, here too, and leaves links and tokens', async () => {
    const here = await signInOwner(dashboard, password, noon);
    const there = await signInOwner(dashboard, password, noon);
    const before = await there.pastes();
    const { statusCode, cookies } = await here.submit({ 'sign-out-everywhere': '1' });
    assert.equal(statusCode, 303);
    assert.deepEqual(cookies, ['__Host-footfall=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax']);
    for (const browser of [here, there, owner]) assert.equal(await statusOf(browser.look('/dashboard')), 401);
    const again = await signInOwner(dashboard, password, noon);
    assert.deepEqual(await again.pastes(), before);
    assert.equal(await statusOf(stats(bearing(before.token))), 200);
    owner = again;
  });

  test('is the only one who can change anything, from this very page', async () => {
    const link = await owner.createLink('2026-12-18');
    const { token } = await owner.pastes();
    const before = await readKeys();
    const changes = [
      { 'create-link': '1', until: '2026-12-18' },
      { revoke: before?.links[0]?.id ?? '' },
      { 'sign-out-everywhere': '1' },
      { 'new-token': '1' },
      { 'new-feed': '1' },
    ] as Record<string, string>[];
    const share = new URL(link).searchParams.get('share') ?? '';
    const others: [EventParts, number][] = [
      [{ headers: { cookie: '' } }, 401],
      [{ headers: { cookie: '' }, query: { share } }, 401],
      [{ query: { share } }, 401],
      [{ headers: { cookie: '', authorization: `Bearer ${token}` } }, 401],
      [{ headers: { origin: 'https://evil.example' } }, 403],
      [{ headers: { 'sec-fetch-site': 'cross-site' } }, 403],
      [{ headers: { origin: '' } }, 403],
    ];
    for (const fields of changes)
      for (const [parts, status] of others)
        assert.equal(await statusOf(owner.submit(fields, parts)), status, JSON.stringify([fields, parts]));
    assert.deepEqual(await readKeys(), before);
  });
});

test('each request with a token reads the keys anew, by one strongly consistent Query', async (t) => {
  const { token, feed, links } = await owner.pastes();
  const send = t.mock.method(DynamoDBClient.prototype, 'send');
  for (const [request, reads] of [
    [() => owner.look('/dashboard'), 1],
    [() => dashboard(at(links[0] ?? '')), 1],
    [() => stats(bearing(token)), 1],
    [() => stats(at(feed)), 1],
    [() => dashboard({ epoch: noon }), 0],
  ] as const) {
    send.mock.resetCalls();
    await request();
    const inputs = send.mock.calls.map(({ arguments: [command] }) => JSON.stringify(command.input));
    const ofKeys = inputs.filter((input) => input.includes('(keys)'));
    assert.equal(ofKeys.length, reads);
    assert.ok(ofKeys.every((input) => input.includes('"ConsistentRead":true')));
  }
});

describe('after other settings', () => {
  /** Loads the functions anew with other settings. */
  async function load(name: string, other: Record<string, string>): Promise<{ dashboard: Handler; stats: Handler }> {
    Object.assign(process.env, settings, other);
    const modules = [import(`../../functions/dashboard.ts?${name}`), import(`../../functions/stats.ts?${name}`)];
    const [dashboard, stats] = (await Promise.all(modules)).map(
      ({ handler }) =>
        (parts: EventParts) =>
          handler(httpEvent(parts)),
    );
    return { dashboard: dashboard ?? assert.fail(), stats: stats ?? assert.fail() };
  }

  test('a link of one site opens a WebSocket of that site alone', async () => {
    const link = await owner.createLink('2026-12-18', { site: 'notes.example.org' });
    const socket = { LIVE: 'websocket', LIVE_CONNECTIONS_URL: 'https://a1.example.com/prod' };
    const { dashboard } = await load('socket', socket);
    for (const query of ['', '&site=blog.example.com', '&site='])
      assert.match(
        socketClaim(text((await dashboard(at(link.replace('/dashboard?', '/live?') + query))).body)),
        /^live \d+ notes\.example\.org https:/,
      );
    Object.assign(process.env, { LIVE: '', LIVE_CONNECTIONS_URL: '' });
  });

  test('a link, a token and a feed of a site that is no longer listed open nothing', async () => {
    const site = 'notes.example.org';
    const [link, { token, feed }] = [await owner.createLink('2026-12-18', { site }), await owner.pastes({ site })];
    const requests = ({ dashboard, stats }: { dashboard: Handler; stats: Handler }) =>
      Promise.all(
        [
          dashboard(at(link)),
          stats(at(link.replace('/dashboard', '/stats.json'))),
          dashboard({ ...bearing(token), path: '/dashboard' }),
          stats(bearing(token)),
          stats({ ...bearing(token), path: '/stats.csv' }),
          stats(at(feed)),
        ].map(statusOf),
      );
    assert.deepEqual(new Set(await requests({ dashboard, stats })), new Set([200]));
    const fewer = await load('fewer', { SITES: 'blog.example.com' });
    assert.deepEqual(new Set(await requests(fewer)), new Set([401]));
    const all = await owner.pastes();
    assert.equal(await statusOf(fewer.stats(bearing(all.token))), 200);
  });

  test('a new password ends all, and a link has another URL', async () => {
    const { links, token, feed } = await owner.pastes();
    const later = await load('new', { DASHBOARD_PASSWORD_HASH: await quickHash('another horse') });
    for (const answer of [
      later.dashboard(at(links[0] ?? '')),
      later.stats(bearing(token)),
      later.stats(at(feed)),
      later.dashboard({ epoch: noon, headers: { host, cookie: owner.cookie } }),
    ])
      assert.equal(await statusOf(answer), 401);
    const renewed = await signInOwner(later.dashboard, 'another horse', noon);
    const now = await renewed.pastes();
    assert.equal(now.links.length, links.length);
    assert.equal(await statusOf(later.dashboard(at(now.links[0] ?? ''))), 200);
  });

  test('a public dashboard shares addresses without tokens, and has nothing to revoke', async () => {
    const before = await readKeys();
    const open = await load('public', { PUBLIC_DASHBOARD: 'true', DASHBOARD_PASSWORD_HASH: '' });
    const { statusCode, body } = await open.dashboard({ path: '/share', epoch: noon, headers: { host } });
    assert.equal(statusCode, 200);
    assert.doesNotMatch(text(body), /Bearer|<form|<button|share=|feed=/);
    assert.match(text(body), /<code>https:\/\/stats\.example\.com\/feed\.xml</);
    const form = { method: 'POST', path: '/share', epoch: noon, headers: { host, origin: `https://${host}` } };
    for (const field of ['create-link=1&until=2026-12-18', 'new-token=1', 'sign-out-everywhere=1'])
      assert.equal(await statusOf(open.dashboard({ ...form, body: field })), 401);
    assert.deepEqual(await readKeys(), before);
  });
});

test('the share page says when there is no site that was asked for', async () => {
  const asked = async (site: string) => {
    const { statusCode, body } = await owner.look('/share', { site });
    return [statusCode, /There is no site[^<]*/.exec(text(body))?.[0]];
  };
  assert.deepEqual(await asked('blog.exampel.com'), [
    400,
    'There is no site &quot;blog.exampel.com&quot;: this page is for all of them.',
  ]);
  for (const site of ['', 'blog.example.com']) assert.deepEqual(await asked(site), [200, undefined]);
});
