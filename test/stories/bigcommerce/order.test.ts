import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bigcommerceOrder } from '../../../src/contracts.js';
import { bigcommerceSeed } from '../../../src/sandbox/index.js';
import { memoKeys } from '../../../src/workflows/contract.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectReplays } from '../expect-replays.js';
import { reaches, tellToTheEnd, waits } from '../watching.js';
import { expectShipped } from './judge.js';
import { captured } from './orders.js';
import { type Going, pay, REST, released, send, there } from './people.js';
import { type BigcommerceAccount, type BigcommerceRig, content, openBigcommerces, ordersIn } from './rig.js';

let rig: BigcommerceRig;
let account: BigcommerceAccount;
const played: string[] = [];
beforeAll(async () => {
  rig = await openBigcommerces();
  account = rig.accounts[0] as BigcommerceAccount;
});
afterAll(async () => {
  expect(played.length).toBeGreaterThan(0);
  for (const workflowId of played) {
    await expectNoFailedTask(rig.client, workflowId);
    await expectReplays(rig.client, workflowId);
  }
  await rig.close();
});

async function start(change: Record<string, unknown> = {}): Promise<Going> {
  const input = account.order(change);
  const order = await account.start(input);
  played.push(order.workflowId);
  return { account, sandbox: account.sandbox, input, order };
}

async function toTheEnd(way: Going): Promise<void> {
  await released(way);
  await send(way, 'ship', REST);
  await tellToTheEnd(way);
}

test('an order that is started twice is one, and its result is given again', async () => {
  const way = await start();
  await waits(way.order);
  const joined = await account.start(way.input);
  await pay({ ...way, order: joined });
  await toTheEnd(way);
  expect(await joined.result()).toMatchObject({ outcome: 'completed', statusId: 2 });
  expect(await (await account.start(way.input)).result()).toMatchObject({ outcome: 'completed' });
  expectShipped(2, '1ZREST')(way.sandbox.ledger(), way.input);
  await expect(account.start({ ...way.input, total: '1.00' })).rejects.toThrow(/total/);
});

test('a run that was ended without a word is taken up where it stood', async () => {
  const way = await start();
  await waits(way.order);
  await pay(way);
  await released(way);
  await rig.client.workflow.getHandle(way.order.workflowId).terminate();
  played.pop();
  const again = { ...way, order: await rig.waybill.start(bigcommerceOrder, way.input, { again: true }) };
  played.push(again.order.workflowId);
  await toTheEnd(again);
  expect(await again.order.result()).toMatchObject({ outcome: 'completed' });
  expectShipped(2, '1ZREST')(way.sandbox.ledger(), way.input);
});

test('an order that was taken over says by which id the store names it, as its own reference is not shown there', async () => {
  const [, orderId = 0] = bigcommerceSeed.authorizedOrderIds;
  account.sandbox.controls.editOrder({ orderId, changes: { external_order_id: 'ERP-77' } });
  const way = await start({ ...captured, orderId: String(orderId) });
  await released(way);
  const handle = rig.client.workflow.getHandle(way.order.workflowId);
  const seen = async () => (await handle.describe()).memo?.[memoKeys.seen];
  await expect.poll(seen).toMatchObject({ reference: way.input.reference, alias: `order:${orderId}` });
  await toTheEnd(way);
  expect(await way.order.result()).toMatchObject({ outcome: 'completed', externalOrderId: 'ERP-77' });
});

describe('what cannot be is refused', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a read-only field', { order: content({ external_id: 'x' }) }, /order\.external_id: is read-only/],
    ['half of a pair', { order: content({ shipping_cost_inc_tax: undefined }) }, /shipping_cost_inc_tax: is missing/],
    ['a total that does not fit', { total: '67.31' }, /total: 67\.31 is not what/],
    ['two orders in one', { orderId: '100' }, /orderId: is of an order that is there/],
  ])('%s, before anything is started', async (_, change, message) => {
    await expect(account.start(account.order(change))).rejects.toThrow(message);
  });

  test('an order that the store does not show', async () => {
    const way = await start({ ...captured, orderId: '987654' });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: expect.stringContaining('orderId: the store shows no order 987654') },
    });
  });

  test('the word that it was paid, where the store takes the money itself', async () => {
    const way = await start(captured);
    await released(way);
    await expect(way.order.send('paid', { payment_provider_id: 'pay_1' })).rejects.toThrow(/takes the money/);
    await toTheEnd(way);
    expect(there(way)).toMatchObject({ statusId: 2, paymentStatus: 'captured' });
  });
});

test('a number that was corrected in the control panel is in the result', async () => {
  const way = await start();
  await waits(way.order);
  await pay(way);
  await released(way);
  const shipmentId = way.sandbox.controls.ship({ orderId: there(way).id, trackingNumber: '1ZPANEL' });
  await tellToTheEnd(way);
  await reaches(way.order, ({ state }) => state === 'completed');
  expect(await way.order.result()).toMatchObject({
    shipments: [{ id: String(shipmentId), trackingNumber: '1ZPANEL' }],
    statusId: 2,
  });
  expect(ordersIn(way.sandbox.ledger(), way.input)).toHaveLength(1);
});
