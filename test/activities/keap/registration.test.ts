import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keap } from '../../../src/activities/keap/index.js';
import { register } from '../../../src/activities/registration.js';
import { failureOf, serve } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';

const ADDRESS = 'https://hooks.example.com/webhooks/keap/acme/kX3_v9-QmZ7pLw2T';
const SECRET = '0123456789abcdef';
const EVENTS = ['invoice.add', 'invoice.edit', 'invoice.payment.add', 'invoice.payment.edit', 'subscription.edit'];

interface Hook {
  key: string;
  eventKey: string;
  hookUrl: string;
  status: string;
}

/** The part of REST v1 that keeps hooks. `reachable`: whether it can confirm one. */
let server: ScriptedServer;
let hooks: Hook[];
let reachable: boolean;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  hooks = [];
  reachable = true;
  server.answers(({ method, path, body }) => {
    const [, key = '', verify] = /^\/crm\/rest\/v1\/hooks(?:\/(\d+)(\/verify)?)?$/.exec(path) ?? [];
    if (method === 'GET') return { body: hooks };
    const there = hooks.find((hook) => hook.key === key);
    if (method === 'DELETE') {
      hooks = hooks.filter((hook) => hook !== there);
      return { status: there === undefined ? 404 : 204 };
    }
    if (verify !== undefined && there !== undefined) {
      if (reachable) there.status = 'Verified';
      return { body: there };
    }
    const { eventKey, hookUrl } = JSON.parse(body) as Hook;
    const status = reachable ? 'Verified' : 'Unverified';
    const made = { key: String(hooks.length + 1), eventKey, hookUrl, status };
    hooks.push(made);
    return { body: made };
  });
});

const registered = (settings: object = {}, removeStale = false, address = ADDRESS) => {
  const { webhook } = keap;
  const served = serve(keap, { url: server.url, auth: { serviceAccountKey: 'KeapAK-test' } });
  const registration = webhook.registration?.(served, webhook.settings.parse(settings), address);
  if (registration === undefined) throw new Error('Keap registers its hooks');
  return register(registration, { removeStale, settleMs: 1 });
};

test('there is one hook for each event, however often it is asked for', async () => {
  expect((await registered()).registered).toEqual(EVENTS);
  expect(await registered()).toEqual({ registered: [], stale: [], removed: [] });
  expect(hooks.map(({ eventKey, hookUrl }) => [eventKey, hookUrl])).toEqual(EVENTS.map((event) => [event, ADDRESS]));
  expect(server.received.every(({ headers }) => headers['x-keap-api-key'] === 'KeapAK-test')).toBe(true);
});

test('the address carries the secret that the gateway wants', async () => {
  await registered({ secrets: [SECRET] });
  expect(new Set(hooks.map(({ hookUrl }) => hookUrl))).toEqual(new Set([`${ADDRESS}?secret=${SECRET}`]));
});

test('one that Keap has given up is confirmed anew', async () => {
  await registered();
  for (const hook of hooks) if (hook.eventKey === 'invoice.edit') hook.status = 'Inactive';
  expect((await registered()).registered).toEqual(['invoice.edit, which was Inactive']);
  expect(hooks.map(({ status }) => status)).toEqual(EVENTS.map(() => 'Verified'));
});

test('one that Keap cannot confirm is a failure, which shows no address', async () => {
  reachable = false;
  const { type, message } = await failureOf(registered());
  expect(type).toBe('Rejected');
  expect(message).toContain('could not confirm the hook for invoice.add: it is Unverified');
  expect(message).not.toContain('kX3_v9');
});

test('what goes to an earlier path is told, and removed when that is wanted; what is of others stays', async () => {
  await registered({}, false, ADDRESS.replace('kX3', 'old'));
  hooks.push({ key: '99', eventKey: 'order.add', hookUrl: 'https://elsewhere.example.com/x', status: 'Verified' });
  expect((await registered()).stale).toHaveLength(EVENTS.length);
  expect((await registered({}, true)).removed).toHaveLength(EVENTS.length);
  expect(hooks.filter(({ hookUrl }) => hookUrl.includes('old'))).toEqual([]);
  expect(hooks.filter(({ key }) => key === '99')).toHaveLength(1);
});
