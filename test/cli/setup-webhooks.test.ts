import { expect, test, vi } from 'vitest';
import { flxpointSeed } from '../../src/sandbox/index.js';
import { openShop } from './shop.js';
import { buildFirst, inFolder, type Ran } from './waybill.js';

buildFirst();
// Every step is a process, on two cores that others use as well.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });
const file = inFolder();
const theShop = openShop(file);

const OUTSIDE = 'https://hooks.example.com';
const EVENTS = ['OrderImportedEvent', 'FulfillmentRequestProcessingEvent'];
const secrets = new Set<string>(Object.values(flxpointSeed.tokens));
const secretPath = (name: string) => {
  const path = `${name}-kX3_v9-QmZ7pLw2T`;
  secrets.add(path);
  return path;
};

/** What the command said, without the lines about the namespace. It must never show a secret. */
function saidBy({ stdout, stderr }: Ran): string[] {
  for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  return stdout.split('\n').filter((line) => line.startsWith('flxpoint/') || line.startsWith('logistics-plus/'));
}

interface Configured {
  readonly name: string;
  readonly path: string;
  readonly kind?: keyof typeof flxpointSeed.tokens;
}

/** Runs setup for connections to the imitation, with webhooks that go to these paths. */
function setup(wanted: readonly Configured[], ...options: string[]): Promise<Ran> {
  const { run, sandbox } = theShop();
  const connections = wanted.map(({ name, path, kind = 'account' }) => {
    const token = { token: flxpointSeed.tokens[kind], tokenKind: kind };
    const webhook = { path, url: OUTSIDE };
    return [name, { url: sandbox.flxpoint.url, ...token, channel: flxpointSeed.channelId, webhook }];
  });
  const path = file('flxpoint.json', { connections: Object.fromEntries(connections) });
  return run('setup', '--connections', path, ...options);
}

/** What is registered for a connection and not deleted. */
const registered = (name: string) =>
  theShop()
    .sandbox.flxpoint.ledger()
    .webhookConfigurations.filter(
      ({ webhookUrl, status }) => webhookUrl.startsWith(`${OUTSIDE}/webhooks/${name}/`) && status !== 'deleted',
    );

test('setup registers the webhooks once, however often it runs', async () => {
  const one = { name: 'flxpoint/twice', path: secretPath('twice') };
  const first = await setup([one]);
  expect(saidBy(first)).toEqual([`flxpoint/twice: webhooks registered: ${EVENTS.join(' and ')}`]);
  const second = await setup([one]);
  expect(saidBy(second)).toEqual(['flxpoint/twice: webhooks are registered']);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(registered(one.name)).toMatchObject([
    {
      webhookUrl: `${OUTSIDE}/webhooks/flxpoint/twice/${one.path}`,
      channelId: flxpointSeed.channelId,
      status: 'active',
      subscribedEvents: EVENTS,
    },
  ]);
});

test.each(['reset-after', 'reset-before', '500-after', '503'] as const)(
  'an answer that is lost (%s) is looked for before it is sent again',
  async (kind) => {
    const { flxpoint } = theShop().sandbox;
    const one = { name: `flxpoint/${kind}`, path: secretPath(kind) };
    flxpoint.faults.add({ kind, operation: 'webhooks.create' });
    const { code, stdout, stderr } = await setup([one]);
    expect(saidBy({ code, stdout, stderr })).toEqual([`${one.name}: webhooks registered: ${EVENTS.join(' and ')}`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(registered(one.name)).toMatchObject([{ status: 'active' }]);
  },
);

test('an earlier path is named, and replaced when asked for', async () => {
  const name = 'flxpoint/moved';
  await setup([{ name, path: secretPath('before') }]);
  const [old] = registered(name);
  const now = { name, path: secretPath('after') };
  expect(saidBy(await setup([now]))).toEqual([
    `${name}: webhooks registered: ${EVENTS.join(' and ')}`,
    `${name}: earlier webhooks are still registered: configuration ${old?.id}; --replace-webhooks removes them`,
  ]);
  expect(registered(name)).toHaveLength(2);
  expect(saidBy(await setup([now], '--replace-webhooks'))).toEqual([
    `${name}: webhooks are registered`,
    `${name}: earlier webhooks removed: configuration ${old?.id}`,
  ]);
  expect(registered(name)).toMatchObject([{ webhookUrl: `${OUTSIDE}/webhooks/${name}/${now.path}` }]);
});

test('a token of another kind is told so; the other connections are seen to all the same', async () => {
  const ran = await setup([
    { name: 'flxpoint/channel', path: secretPath('channel'), kind: 'channel' },
    { name: 'flxpoint/beside', path: secretPath('beside') },
  ]);
  expect(saidBy(ran)).toEqual([`flxpoint/beside: webhooks registered: ${EVENTS.join(' and ')}`]);
  expect(ran.stderr).toBe(
    'flxpoint/channel: webhooks are not registered: tokenKind: a token of kind "channel" may not make the call webhooks.list; expected account. Without webhook.url they are for a person to register\n',
  );
  expect(ran.code).toBe(1);
  expect(registered('flxpoint/channel')).toEqual([]);
});

test('what Flxpoint refuses is told in a line', async () => {
  const { flxpoint } = theShop().sandbox;
  flxpoint.faults.add({ kind: '401', operation: 'webhooks.list' });
  const ran = await setup([{ name: 'flxpoint/refused', path: secretPath('refused') }]);
  expect(saidBy(ran)).toEqual([]);
  expect(ran.stderr).toMatch(
    /^flxpoint\/refused: webhooks are not registered: Flxpoint answered webhooks\.list with 401.*; check token and tokenKind of flxpoint\/refused\n$/,
  );
  expect(ran.code).toBe(1);
});

test('whose webhooks a person sets up is told so, and their secrets need not be known', async () => {
  const { run } = theShop();
  const path = file('by-hand.json', {
    connections: {
      'logistics-plus/acme': { apiKey: 'x', webhook: { path: { env: 'NO_PATH' }, secrets: [{ env: 'NO_SECRET' }] } },
      'logistics-plus/quiet': { apiKey: 'y' },
      'flxpoint/acme': { token: 'x', tokenKind: 'channel', webhook: { path: secretPath('by-hand') } },
    },
  });
  const ran = await run('setup', '--connections', path);
  expect(saidBy(ran)).toEqual([
    'logistics-plus/acme: no webhooks to register: a person sets them up at the platform, see Webhooks in the README',
    'flxpoint/acme: webhooks are not registered: webhook.url does not say where the gateway is reached',
  ]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
});

test('a secret that is not set is bad input, and nothing is prepared', async () => {
  const { run } = theShop();
  const path = file('unset.json', {
    connections: {
      'flxpoint/acme': { token: 'x', tokenKind: 'account', webhook: { path: { env: 'NO_PATH' }, url: OUTSIDE } },
    },
  });
  const { code, stdout, stderr } = await run('setup', '--connections', path);
  expect(stderr).toContain('webhook.path: the environment variable NO_PATH is not set');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
