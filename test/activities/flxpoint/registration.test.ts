import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flxpoint } from '../../../src/activities/flxpoint/index.js';
import { register } from '../../../src/activities/registration.js';
import { failureOf, serve } from '../hands.js';
import { type Received, type Reply, ScriptedServer } from '../scripted-server.js';
import { TOKEN, writesIn } from './rig.js';

const OURS = 'https://hooks.example.com/webhooks/flxpoint/acme/';
const SECRET = 'kX3_v9-QmZ7pLw2T';
const ADDRESS = `${OURS}${SECRET}`;
const EVENTS = ['OrderImportedEvent', 'FulfillmentRequestProcessingEvent'];
const PATH = '/webhhok/configurations';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

/** A configuration as Flxpoint shows it. */
const configuration = (change: object = {}) => ({
  id: 918,
  configurationName: 'order flow',
  sourceId: null,
  channelId: null,
  webhookUrl: ADDRESS,
  notificationEmail: null,
  status: 'active',
  subscribedEvents: EVENTS,
  createdAt: '2026-04-20T12:00:00Z',
  updatedAt: '2026-04-20T12:00:00Z',
  ...change,
});

/** Answers the list with these, and each write with one of them. */
const having =
  (list: readonly object[], write: Reply = { body: configuration() }, path = PATH) =>
  (received: Received): Reply => {
    if (!received.path.startsWith(path)) return { status: 404, body: { error: 'Not Found' } };
    return received.method === 'GET' ? { body: list } : write;
  };

const registering = (settings: object = {}, removeStale = false) => {
  const served = serve(flxpoint, { url: server.url, token: TOKEN, tokenKind: 'account', ...settings });
  const registration = flxpoint.webhook.registration?.(served, {}, ADDRESS);
  if (registration === undefined) throw new Error('no registration');
  return register(registration, { removeStale, settleMs: 1 });
};
const nothing = { registered: [], stale: [], removed: [] };

describe('the webhooks of a connection', () => {
  test('are one configuration with both events, for the whole account', async () => {
    server.answers(having([]));
    expect(await registering()).toEqual({ ...nothing, registered: [EVENTS.join(' and ')] });
    const body = { configurationName: 'Waybill flxpoint/acme', webhookUrl: ADDRESS, subscribedEvents: EVENTS };
    expect(writesIn(server)).toEqual([{ call: `POST ${PATH}`, body }]);
    expect(server.received.map(({ headers }) => headers['x-api-token'])).toEqual([TOKEN, TOKEN]);
  });

  test('or for the channel whose orders it carries, and never for one source', async () => {
    server.answers(having([]));
    await registering({ channel: 47110, source: 21077, playSource: true });
    const [{ body } = { body: undefined }] = writesIn(server);
    expect(body).toMatchObject({ channelId: 47110 });
    expect(body).not.toHaveProperty('sourceId');
  });

  test.each([
    ['of the account', {}],
    ['of the channel', { channelId: 47110 }],
    ['that does not say that it is active', { status: null }],
    ['with more events than there are today', { subscribedEvents: [...EVENTS, 'ShipmentAddedEvent'] }],
  ])('are left as they are: one %s', async (_, change) => {
    server.answers(having([configuration(change), configuration({ id: 1, webhookUrl: 'https://other.example/a' })]));
    expect(await registering({ channel: 47110 })).toEqual(nothing);
    expect(writesIn(server)).toEqual([]);
  });

  test.each([
    ['was disabled', { status: 'disabled' }],
    ['was without OrderImportedEvent', { subscribedEvents: ['FulfillmentRequestProcessingEvent'] }],
    [`was without ${EVENTS.join(' and ')}`, { subscribedEvents: null }],
  ])('are brought to what they should be: one that %s', async (why, change) => {
    server.answers(having([configuration(change)]));
    expect(await registering()).toEqual({ ...nothing, registered: [`configuration 918, which ${why}`] });
    const body = { webhookUrl: ADDRESS, subscribedEvents: EVENTS, status: 'active' };
    expect(writesIn(server)).toEqual([{ call: `PATCH ${PATH}/918`, body }]);
  });

  test('are made anew where one was deleted', async () => {
    server.answers(having([configuration({ status: 'deleted' })]));
    expect(await registering()).toEqual({ ...nothing, registered: [EVENTS.join(' and ')] });
  });

  test.each([
    ['another channel', { channelId: 5 }],
    ['a source', { sourceId: 21077 }],
  ])('are made anew beside one for %s, which is stale', async (_, change) => {
    server.answers(having([configuration(change)]));
    const outcome = await registering({ channel: 47110 });
    expect(outcome).toEqual({ registered: [EVENTS.join(' and ')], stale: ['configuration 918'], removed: [] });
  });
});

describe('what is stale', () => {
  const old = `${OURS}AnEarlierPath0001`;
  const all = [
    configuration({ id: 1, webhookUrl: old, subscribedEvents: ['OrderImportedEvent'] }),
    configuration({ id: 2 }),
    configuration({ id: 3 }),
    configuration({ id: 4, webhookUrl: 'https://hooks.example.com/webhooks/flxpoint/other/AnEarlierPath0001' }),
    configuration({ id: 5, webhookUrl: old, status: 'deleted' }),
    configuration({ id: 6, webhookUrl: 'not an address' }),
  ];

  test('is named: an earlier path of this connection, and a second one at the same', async () => {
    server.answers(having(all));
    expect(await registering()).toEqual({ ...nothing, stale: ['configuration 1', 'configuration 3'] });
    expect(writesIn(server)).toEqual([]);
  });

  test('is deleted when asked for', async () => {
    server.answers(having(all));
    expect(await registering({}, true)).toEqual({ ...nothing, removed: ['configuration 1', 'configuration 3'] });
    expect(writesIn(server)).toEqual([
      {
        call: `PATCH ${PATH}/1`,
        body: { webhookUrl: old, subscribedEvents: ['OrderImportedEvent'], status: 'deleted' },
      },
      { call: `PATCH ${PATH}/3`, body: { webhookUrl: ADDRESS, subscribedEvents: EVENTS, status: 'deleted' } },
    ]);
  });
});

describe('the path', () => {
  const RIGHT = '/webhook/configurations';

  test('is spelled right where the documented one is not found', async () => {
    server.answers(having([configuration({ status: 'disabled' })], undefined, RIGHT));
    await registering();
    expect(server.received.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
      `GET ${PATH}`,
      `GET ${RIGHT}`,
      `PATCH ${RIGHT}/918`,
    ]);
  });

  test.each(['404 page not found', '<html>no such page</html>', ''])('whoever says so: %j', async (body) => {
    server.answers((received) =>
      received.path.startsWith(PATH) ? { status: 404, body } : having([], undefined, RIGHT)(received),
    );
    await registering();
    expect(writesIn(server)).toMatchObject([{ call: `POST ${RIGHT}` }]);
  });

  test('is not tried another way for any other refusal', async () => {
    server.answers({ status: 403, body: { error: 'no' } });
    expect(await failureOf(registering())).toMatchObject({ type: 'NotAuthorized' });
    expect(server.received).toHaveLength(1);
  });
});

describe('when it fails', () => {
  test('an answer that is lost is looked for', async () => {
    const there: object[] = [];
    server.answers((received) => {
      if (received.method === 'GET') return { body: there };
      there.push(configuration());
      return { cut: true, body: configuration() };
    });
    expect(await registering()).toEqual({ ...nothing, registered: [EVENTS.join(' and ')] });
    expect(server.received.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  test.each(['source', 'channel'])('a token of kind %s is told so, and not used', async (tokenKind) => {
    server.answers(having([]));
    const failed = await failureOf(registering({ tokenKind }));
    expect(failed).toEqual({
      type: 'Rejected',
      message: `tokenKind: a token of kind "${tokenKind}" may not make the call webhooks.list; expected account. Without webhook.url they are for a person to register`,
    });
    expect(server.received).toEqual([]);
  });

  test.each([401, 400])('a %s shows no secret, whatever is quoted', async (status) => {
    const error = `X-API-TOKEN ${TOKEN} may not send to ${ADDRESS}, nor to path ${SECRET}`;
    server.answers(having([], { status, body: { error } }));
    const { message } = await failureOf(registering());
    expect(message).toContain(`Flxpoint answered webhooks.create with ${status}: X-API-TOKEN … may not send to …`);
    for (const secret of [TOKEN, ADDRESS, SECRET]) expect(message).not.toContain(secret);
  });

  test('a list that cannot be read is not taken for an empty one', async () => {
    server.answers({ body: { items: [configuration()] } });
    expect(await failureOf(registering())).toMatchObject({ type: 'Unreadable' });
    server.answers({ body: '<html>log in</html>' });
    expect(await failureOf(registering())).toMatchObject({ type: 'Unavailable' });
    expect(writesIn(server)).toEqual([]);
  });
});
