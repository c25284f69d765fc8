import { describe, expect, test } from 'vitest';
import { reaches, shows, tell, tellToTheEnd } from '../watching.js';
import { acknowledge, added, cancelByHand, request, shipAll, there } from './people.js';
import { held } from './rig.js';
import { onStage } from './stage.js';

const stage = onStage();

/** An order that was like this before anything was asked of it. */
const seeded = (more: Parameters<typeof stage.sandbox.controls.seedOrder>[0]) =>
  stage.start({ reference: String(stage.sandbox.controls.seedOrder(more).orderId) });

/** The order goes out, and what the ledger has of it is the one line that was wanted. */
async function ships(way: Awaited<ReturnType<typeof stage.start>>): Promise<void> {
  await reaches(way.order, ({ phase }) => phase === 'waiting');
  expect(added(way)).toHaveLength(1);
  shipAll(way);
  await tellToTheEnd(way);
  expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
  expect(added(way)).toMatchObject([{ shippedQuantity: 2 }]);
}

describe('an order to which no line can be added yet', () => {
  test.each(['On Hold', 'Not Managed', 'No Shipping Method', 'Draft'] as const)(
    '%s is waited on',
    async (orderStatus) => {
      const way = await seeded({ orderStatus });
      await reaches(way.order, shows(`order ${orderStatus}`));
      expect(added(way)).toEqual([]);
      const orderId = Number(way.input.reference);
      way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
      await tell(way, ({ phase }) => phase === 'working');
      await reaches(way.order, shows('no fulfillment request'));
      await ships(way);
    },
  );

  test.each(['Closed', 'Canceled'] as const)('%s is refused', async (orderStatus) => {
    const way = await seeded({ orderStatus });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: expect.stringContaining(orderStatus) },
    });
    expect(added(way)).toEqual([]);
    expect(there(way).tags).toEqual([]);
  });

  test('On Hold and then closed is refused', async () => {
    const way = await seeded({ orderStatus: 'On Hold' });
    await reaches(way.order, shows('On Hold'));
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'Closed' });
    await tellToTheEnd(way);
    await expect(way.order.result()).rejects.toMatchObject({ failure: { type: 'Rejected' } });
    expect(added(way)).toEqual([]);
  });

  test('Failed is held for a person, and goes on by itself', async () => {
    const way = await seeded({ orderStatus: 'Failed' });
    const { question, choices } = await held(way.order);
    expect(question).toContain('Failed');
    expect(choices).toEqual(['retry', 'abandon']);
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'Open' });
    await tell(way, ({ hold }) => hold === undefined);
    await ships(way);
  });

  test.each(['Declined', 'Refunded', 'Credited', 'Refund Pending', 'Refund Failed'] as const)(
    'with a dead payment is held, and a person may give up: %s',
    async (paymentStatus) => {
      const way = await seeded({ paymentStatus });
      const { id, question } = await held(way.order);
      expect(question).toContain(paymentStatus);
      await way.order.resolve({ hold: id, answer: 'abandon' });
      await expect(way.order.result()).rejects.toMatchObject({ failure: { type: 'Conflict' }, outcome: { left: [] } });
      expect(added(way)).toEqual([]);
    },
  );

  test('with a payment that is made good goes on by itself', async () => {
    const way = await seeded({ paymentStatus: 'Declined' });
    await held(way.order);
    way.sandbox.controls.setPaymentStatus({ orderId: Number(way.input.reference), paymentStatus: 'Paid' });
    await tell(way, ({ hold }) => hold === undefined);
    await ships(way);
  });

  test('that is put on hold between the look and the send is waited on, and the line is added once', async () => {
    const gate = stage.sandbox.hold({ operation: 'orders.addItem', at: 'arrival' });
    const way = await stage.start();
    await gate.reached;
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'On Hold' });
    gate.release();
    await reaches(way.order, shows('On Hold'));
    expect(added(way)).toEqual([]);
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'Open' });
    await tell(way, ({ phase }) => phase === 'working');
    await reaches(way.order, shows('no fulfillment request'));
    await ships(way);
  });
});

describe('a fulfillment request that goes no further', () => {
  test.each([
    ['processing_error', 'could not be sent'],
    ['duplicate', 'needs a new one'],
    ['po_number_exceeds_max_length', 'too long'],
    ['additional_info_required', 'lacks information'],
  ])('%s is held with the words of Flxpoint, without personal data, and settles itself', async (handle, words) => {
    const way = await stage.waiting();
    const { controls } = way.sandbox;
    const made = request(way);
    controls.process(made);
    const error = 'Feed refused: no FFL for dana@example.com, 88 Harbor Road';
    controls.setHandle({ ...made, handle, error });
    await tell(way, ({ hold }) => hold !== undefined);
    const { question } = await held(way.order);
    expect(question).toContain(words);
    expect(question).toContain('Feed refused: no FFL');
    expect(question).not.toContain('dana@example.com');
    expect(question).not.toContain('88 Harbor');
    controls.resend(made);
    await tell(way, ({ hold }) => hold === undefined);
    controls.acknowledge(made);
    await tell(way, shows('acknowledged'));
    controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      outcome: 'completed',
      personInvolved: false,
      lines: [{ shipped: 2 }],
    });
  });

  test('and is abandoned is taken back by a kill', async () => {
    const way = await stage.waiting();
    const { controls } = way.sandbox;
    const made = request(way, { items: [{ orderItemId: added(way)[0]?.id ?? 0 }] });
    controls.process(made);
    controls.failProcessing({ ...made, error: 'no route' });
    await tell(way, ({ hold }) => hold !== undefined);
    const { id } = await held(way.order);
    await way.order.resolve({ hold: id, answer: 'abandon' });
    await expect(way.order.result()).rejects.toMatchObject({
      outcome: { left: [], undone: [expect.stringContaining('is canceled')] },
    });
    expect(added(way)).toMatchObject([{ canceledQuantity: 2, shippedQuantity: 0 }]);
    expect(there(way).tags).toEqual([]);
  });

  test('of another line of the same order is none of ours', async () => {
    const way = await stage.waiting();
    const { controls } = way.sandbox;
    const channels = there(way).items.find(({ addedBy }) => addedBy === 'channel');
    const theirs = request(way, { items: [{ orderItemId: channels?.id ?? 0 }] });
    controls.process(theirs);
    controls.failProcessing({ ...theirs, error: 'no route' });
    const ours = request(way);
    acknowledge(way, ours);
    await tell(way, shows('acknowledged'));
    controls.ship(ours);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed', personInvolved: false });
  });

  test('in a status that nobody documented is waited on, and said', async () => {
    const way = await stage.waiting();
    const made = request(way);
    way.sandbox.controls.setHandle({ ...made, handle: 'quantum_state' });
    await tell(way, shows('quantum_state'));
    way.sandbox.controls.setHandle({ ...made, handle: 'processing' });
    await tell(way, shows('processing'));
    way.sandbox.controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed' });
  });
});

describe('an order that changes while its lines wait', () => {
  test('On Hold is said, and waited on', async () => {
    const way = await stage.waiting();
    const orderId = Number(way.input.reference);
    way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
    await tell(way, shows('order On Hold'));
    way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
    await tell(way, ({ waitingFor }) => waitingFor?.includes('On Hold') === false);
    await ships(way);
  });

  test('Closed with a line that has not shipped is held, and settles itself when it is opened again', async () => {
    const way = await stage.waiting();
    const orderId = Number(way.input.reference);
    way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Closed' });
    await tell(way, ({ hold }) => hold !== undefined);
    expect((await held(way.order)).question).toContain('Closed');
    way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
    await tell(way, ({ hold }) => hold === undefined);
    await ships(way);
  });

  test('Canceled without a fulfillment request is its end', async () => {
    const way = await stage.waiting();
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'Canceled' });
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 0, canceled: 2 }] });
  });

  test('whose payment dies is held while nobody was asked to ship, and not afterwards', async () => {
    const way = await stage.waiting();
    const orderId = Number(way.input.reference);
    way.sandbox.controls.setPaymentStatus({ orderId, paymentStatus: 'Refunded' });
    await tell(way, ({ hold }) => hold !== undefined);
    expect((await held(way.order)).question).toContain('Refunded');
    way.sandbox.controls.setPaymentStatus({ orderId, paymentStatus: 'Paid' });
    await tell(way, ({ hold }) => hold === undefined);
    const made = request(way);
    acknowledge(way, made);
    way.sandbox.controls.setPaymentStatus({ orderId, paymentStatus: 'Refunded' });
    await tell(way, shows('acknowledged'));
    way.sandbox.controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
  });

  test('and whose lines people cancel one by one ends with each as it is', async () => {
    const way = await stage.waiting();
    const item = added(way)[0]?.id ?? 0;
    const made = request(way, { items: [{ orderItemId: item, quantity: 1 }] });
    acknowledge(way, made);
    cancelByHand(way);
    await tell(way, shows('acknowledged'));
    way.sandbox.controls.ship(made);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ ordered: 2, shipped: 1, canceled: 1 }] });
  });
});
