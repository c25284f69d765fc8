import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { registerAt } from '../../src/cli/setup/webhooks.js';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { flxpointOrder } from '../../src/contracts.js';
import { addressOf, type RunningGateway, startGateway } from '../../src/gateway.js';
import { type FlxpointSandbox, flxpointSeed, startSandbox } from '../../src/sandbox/index.js';
import { hintsWorkflowId } from '../../src/workflows/contract.js';
import { type HintCounts, hintCounts } from '../../src/workflows/hints.js';
import { type ServingWorker, serveConnections, until } from '../stories/serving.js';

/** Rounds are three minutes apart then: what an order learns within a minute, a webhook has told. */
const PACE = 0.2;

const CONNECTION = `flxpoint/hooks-${randomUUID().slice(0, 8)}`;
const PATH = 'kX3_v9-QmZ7pLw2T';

let flxpoint: FlxpointSandbox;
let serving: ServingWorker;
let gateway: RunningGateway;
const parts: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  const sandbox = await startSandbox({ only: ['flxpoint'], flxpoint: { throttle: 'off', clockSpeed: 1 / PACE } });
  parts.push(sandbox);
  flxpoint = sandbox.flxpoint;
  const settings = {
    url: flxpoint.url,
    token: flxpointSeed.tokens.account,
    tokenKind: 'account',
    channel: flxpointSeed.channelId,
  };
  serving = await serveConnections({ [CONNECTION]: settings }, { pace: PACE });
  parts.push({ stop: () => serving.close() });
  const gatewaysFile = { connections: { [CONNECTION]: { webhook: { path: PATH } } } };
  gateway = await startGateway({
    webhooks: parseWebhooks(gatewaysFile, 'the test', {}),
    temporal: { address: inject('temporalAddress') },
    taskQueue: serving.taskQueue,
    port: 0,
    log: { info: () => {}, warn: () => {} },
  });
  parts.push(gateway);
  // As `waybill setup` has them registered, now that it is known where the gateway is.
  const file = { connections: { [CONNECTION]: { ...settings, webhook: { path: PATH, url: gateway.url } } } };
  const connection = parseConnections(file, 'the test', {}).get(CONNECTION);
  const webhook = parseWebhooks(file, 'the test', {}).get(CONNECTION);
  if (connection === undefined || webhook === undefined) throw new Error('no connection');
  await registerAt(connection, webhook, { stateFolder: '', removeStale: false });
});
afterAll(async () => {
  for (const part of parts.reverse()) await part.stop();
});

const counts = (): Promise<HintCounts> =>
  serving.client.workflow.getHandle(hintsWorkflowId(CONNECTION)).query(hintCounts);

/** An order with a line of ours, that waits for its fulfillment request. */
async function waiting() {
  const { orderId } = flxpoint.controls.seedOrder();
  const order = await serving.waybill.start(flxpointOrder, {
    connection: CONNECTION,
    reference: String(orderId),
    lines: [{ reference: 'UPSELL-1', sku: 'KETTLE-E', quantity: 2, price: '89.00' }],
  });
  await until(order, ({ waitingFor }) => waitingFor?.includes('no fulfillment request') === true);
  return { orderId, order };
}

test('a webhook of Flxpoint reaches the gateway, and the order hears of it before a round comes', async () => {
  const { orderId, order } = await waiting();
  const { fulfillmentRequestId } = flxpoint.controls.generateFulfillmentRequest({ orderId });
  flxpoint.controls.process({ fulfillmentRequestId });
  await until(order, ({ waitingFor }) => /line UPSELL-1: \S+ processed/.test(waitingFor ?? ''));

  const sent = flxpoint.ledger().webhooks.filter(({ reference }) => reference === String(orderId));
  expect(sent).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect((await counts()).told).toBeGreaterThan(0);

  // Of what follows Flxpoint has no event: any of them is a hint to look.
  flxpoint.controls.acknowledge({ fulfillmentRequestId });
  flxpoint.controls.ship({ fulfillmentRequestId });
  flxpoint.controls.sendWebhook({ event: 'OrderImportedEvent', orderId });
  expect(await order.result()).toMatchObject({ outcome: 'completed', lines: [{ reference: 'UPSELL-1', shipped: 2 }] });
});

test('one that names only the fulfillment request reaches its order too; one about nothing is answered and leads to nothing', async () => {
  const { orderId, order } = await waiting();
  const { fulfillmentRequestId } = flxpoint.controls.generateFulfillmentRequest({ orderId });
  flxpoint.controls.release({ fulfillmentRequestId });
  flxpoint.controls.acknowledge({ fulfillmentRequestId });
  flxpoint.controls.ship({ fulfillmentRequestId });
  const hook = `${gateway.url}${addressOf({ connection: CONNECTION, platform: 'flxpoint', path: PATH, settings: {} })}`;
  const post = async (body: object) => (await fetch(hook, { method: 'POST', body: JSON.stringify(body) })).status;
  const event = 'FulfillmentRequestProcessingEvent';
  const before = await counts();
  expect(await post({ event, fulfillmentRequestId: 999_999_999 })).toBe(200);
  await vi.waitFor(async () => expect((await counts()).unknown).toBe(before.unknown + 1), { timeout: 20_000 });
  expect(await post({ event, fulfillmentRequestId })).toBe(200);
  expect(await order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
  expect((await counts()).failed).toBe(0);
});
