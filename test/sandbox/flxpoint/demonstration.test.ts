import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointDemonstration, flxpointSeed } from '../../../src/sandbox/index.js';
import { addLine, api, flxpoint, kettles, orderId, sentLine, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

test('the connection of a demonstration opens the imitation', async () => {
  const connections = flxpointDemonstration.connections(sandbox.url);
  const { tokens, channelId: channel } = flxpointSeed;
  expect(connections).toEqual({
    'flxpoint/sandbox': { url: sandbox.url, token: tokens.account, tokenKind: 'account', channel },
  });
});

test('what happened is told of the lines that the API added since', async () => {
  const old = await sentLine(sandbox);
  const before = sandbox.ledger();
  const { fulfillmentRequestId, orderItemId, path } = await sentLine(sandbox);
  sandbox.controls.ship({ fulfillmentRequestId, items: [{ orderItemId, quantity: 1 }] });
  await api(sandbox, 'POST', `${path}/adjust`, {
    items: [{ sku: 'SUP-KETTLE-E', cancelledQuantity: 1 }],
    killOrFillType: 'kill',
  });
  await addLine(sandbox, { quantity: 3 });
  await api(sandbox, 'POST', '/orders/1/items', kettles);
  sandbox.controls.ship({ fulfillmentRequestId: old.fulfillmentRequestId });
  sandbox.controls.addLineByHand({ orderId, sku: 'TEA-1' });
  expect(flxpointDemonstration.happenedBetween(before, sandbox.ledger())).toEqual({
    facts: { lines: 2, units: 5, shipped: 1, canceled: 1, addRequests: 3 },
    requests: 4,
  });
});

test('an example is another one by its lines: the order is the same', () => {
  const order = {
    connection: 'flxpoint/sandbox',
    reference: String(orderId),
    lines: [{ reference: 'A', sku: 'TEA-1' }],
  };
  expect(flxpointDemonstration.anew?.(order, '-x1')).toEqual({
    ...order,
    lines: [{ reference: 'A-x1', sku: 'TEA-1' }],
  });
});

test('what is written down beforehand names a request by its order', () => {
  const { controls } = sandbox;
  expect(() => controls.process({ orderId })).toThrow('has no fulfillment request');
  expect(() => controls.process({})).toThrow('named by its fulfillmentRequestId, or by its orderId');
  const [one, two] = sandbox.ledger().orders;
  const first = controls.generateFulfillmentRequest({ orderId: one?.id ?? 0 });
  controls.generateFulfillmentRequest({ orderId: two?.id ?? 0 });
  expect(controls.process({ orderId: one?.id ?? 0 })).toMatchObject({ ...first, handle: 'processed' });
});
