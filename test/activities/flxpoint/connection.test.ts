import { describe, expect, test } from 'vitest';
import { flxpoint } from '../../../src/activities/flxpoint/index.js';
import type { WebhookRequest } from '../../../src/activities/platform.js';
import type { FlxpointOrderInput } from '../../../src/workflows/flxpoint/input.js';
import { readingOf } from '../connection.js';
import { lineOf, orderOf } from './rig.js';

const { one, problemsOf } = readingOf('flxpoint');
const account = { token: 't', tokenKind: 'account' };

describe('a connection', () => {
  test('needs a token and its kind', () => {
    const connection = one(account);
    expect(connection.settings).toEqual({ url: 'https://api.flxpoint.com', ...account });
    expect(flxpoint.limits()).toEqual([{ limit: 2, perMs: 1_000 }]);
    expect(flxpoint.check(connection, 'flxpointOrder', orderOf())).toEqual([]);
  });

  test('may name a channel, and a source to play', () => {
    const settings = { ...account, channel: 47110, source: 21077, playSource: true };
    expect(one(settings).settings).toMatchObject({ channel: '47110', source: '21077', playSource: true });
  });

  test('shares its account with all that use the token, which is not shown', () => {
    const name = flxpoint.account(one({ ...account, token: 'secret-token' }));
    expect(name).toBe(flxpoint.account(one({ ...account, token: 'secret-token', channel: 5 })));
    expect(name).not.toBe(flxpoint.account(one(account)));
    expect(name).toMatch(/^flxpoint-[0-9a-f]{16}$/);
  });

  test.each<[object, string]>([
    [{ tokenKind: 'account' }, 'token: is missing'],
    [{ token: 't' }, 'tokenKind: is missing; expected one of account, source, channel'],
    [{ token: 't', tokenKind: 'admin' }, 'tokenKind: expected one of account, source, channel'],
    [{ ...account, url: 'ftp://x' }, 'url: expected an address'],
    [{ ...account, channel: '47110' }, 'channel: expected an id of Flxpoint'],
    [{ ...account, source: 0 }, 'source: expected an id of Flxpoint'],
    [{ ...account, playSource: true }, 'source: is missing; playSource needs the id of the source'],
    [{ ...account, playSource: false, source: 1 }, 'playSource: expected true, or nothing'],
    [{ token: 't', tokenKind: 'channel', playSource: true, source: 1 }, 'playSource: a token of tokenKind "channel"'],
    [{ ...account, tokens: [] }, 'tokens: is not a field'],
  ])('%j cannot be used', (settings, problem) => {
    expect(problemsOf(settings)).toContain(problem);
  });
});

describe('an order that the token may not carry', () => {
  const check = (tokenKind: string, change: Partial<FlxpointOrderInput> = {}) =>
    flxpoint.check(one({ token: 't', tokenKind }), 'flxpointOrder', orderOf(change));
  const byProduct = { lines: [lineOf({ sku: undefined, productVariantId: '915502' })] };

  test('is refused before anything is sent, naming the setting', () => {
    const kind = 'tokenKind: a token of kind';
    expect(check('source')).toEqual([
      `${kind} "source" may not make the call orders.addItem; expected account or channel`,
    ]);
    expect(check('channel', { ...byProduct, include: ['returns', 'invoices'] })).toEqual([
      `lines[0].productVariantId: ${kind} "channel" may not make the call productVariants.list; expected account`,
      `include: ${kind} "channel" may not make the call sourceInvoices.list; expected account or source`,
    ]);
  });

  test('and others are not', () => {
    expect(check('account', { ...byProduct, include: ['returns', 'invoices'] })).toEqual([]);
    expect(check('channel', { include: ['returns'] })).toEqual([]);
  });
});

describe('a webhook', () => {
  const { settings, verify, hints } = flxpoint.webhook;
  const request: WebhookRequest = { headers: {}, query: {}, body: Buffer.from('') };

  test('shows nothing but its path', () => {
    expect(settings.parse({})).toEqual({});
    expect(settings.safeParse({ secrets: ['0123456789abcdef'] }).success).toBe(false);
    expect(verify({}, request)).toBe('genuine');
  });

  test.each<[unknown, string[]]>([
    [{ event: 'OrderImportedEvent', orderId: 5812044 }, ['5812044']],
    [{ event: 'FulfillmentRequestProcessingEvent', fulfillmentRequestId: 4590021, orderId: '5812044' }, ['5812044']],
    [{ event: 'x', data: { orderId: 5812044 }, order: { orderId: 5812044 } }, ['5812044']],
    [
      [{ orderId: 1 }, { orderId: 2 }],
      ['1', '2'],
    ],
    [{ fulfillmentRequestId: 4590021 }, ['fulfillmentRequest:4590021']],
    [{ event: 'x', data: { fulfillmentRequestId: '4590021' } }, ['fulfillmentRequest:4590021']],
    [{ fulfillmentRequestId: 4590021, order: { orderId: 5812044 } }, ['5812044']],
    [{ fulfillmentRequestId: '4590021/cancel' }, []],
    [{ orderId: '../status' }, []],
    [{ orderId: 0 }, []],
    [{ orderId: 1.5 }, []],
    ['5812044', []],
    [null, []],
  ])('%j is about %j', (body, expected) => {
    expect(hints(body)).toEqual(expected);
  });
});
