import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { registerAt } from '../../src/cli/setup/webhooks.js';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { bigcommerceOrder } from '../../src/contracts.js';
import { type RunningGateway, startGateway } from '../../src/gateway.js';
import { type BigcommerceSandbox, bigcommerceSeed, startSandbox } from '../../src/sandbox/index.js';
import { type ServingWorker, serveConnections, until } from '../stories/serving.js';

/** Rounds are three minutes apart then: what an order learns within a minute, a webhook has told. */
const PACE = 0.2;

const CONNECTION = `bigcommerce/hooks-${randomUUID().slice(0, 8)}`;
const { storeHash, tokens } = bigcommerceSeed;
const hook = { path: 'kX3_v9-QmZ7pLw2T', secrets: ['header-secret-0001'], signingSecrets: [tokens.full.clientSecret] };

let bigcommerce: BigcommerceSandbox;
let serving: ServingWorker;
let gateway: RunningGateway;
const parts: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  const options = { throttle: 'off', clockSpeed: 1 / PACE } as const;
  const sandbox = await startSandbox({ only: ['bigcommerce'], bigcommerce: options });
  parts.push(sandbox);
  bigcommerce = sandbox.bigcommerce;
  const { url } = bigcommerce;
  const settings = { url, paymentsUrl: url, storeHash, accessToken: tokens.full.token };
  serving = await serveConnections({ [CONNECTION]: { ...settings, webhook: hook } }, { pace: PACE });
  parts.push({ stop: () => serving.close() });
  gateway = await startGateway({
    webhooks: parseWebhooks({ connections: { [CONNECTION]: { webhook: hook } } }, 'the test', {}),
    temporal: { address: inject('temporalAddress') },
    taskQueue: serving.taskQueue,
    port: 0,
    log: { info: () => {}, warn: () => {} },
  });
  parts.push(gateway);
  // As `waybill setup` has them registered, now that it is known where the gateway is.
  const file = { connections: { [CONNECTION]: { ...settings, webhook: { ...hook, url: gateway.url } } } };
  const connection = parseConnections(file, 'the test', {}).get(CONNECTION);
  const webhook = parseWebhooks(file, 'the test', {}).get(CONNECTION);
  if (connection === undefined || webhook === undefined) throw new Error('no connection');
  await registerAt(connection, webhook, { stateFolder: '', removeStale: false });
});
afterAll(async () => {
  for (const part of parts.reverse()) await part.stop();
});

test('what is done in the control panel reaches the order by a signed webhook, before a round comes', async () => {
  const order = await serving.waybill.start(bigcommerceOrder, {
    connection: CONNECTION,
    reference: 'SO-1001',
    order: {
      products: [{ product_id: 113, quantity: 2, price_ex_tax: '25.00', price_inc_tax: '27.50' }],
      billing_address: { zip: '97205', country_iso2: 'US' },
    },
  });
  const { ids } = await until(order, ({ phase }) => phase === 'waiting');
  const orderId = Number(ids?.order);
  bigcommerce.controls.bookOutsidePayment({ orderId });
  await until(order, ({ waitingFor }) => waitingFor?.includes('everything has shipped') === true);
  bigcommerce.controls.ship({ orderId, trackingNumber: '1Z1' });
  expect(await order.result()).toMatchObject({ statusId: 2, shipments: [{ trackingNumber: '1Z1' }] });
  const sent = bigcommerce.ledger().webhooks;
  expect(sent.length).toBeGreaterThan(2);
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
});
