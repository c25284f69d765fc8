import { describe, expect, test } from 'vitest';
import { reaches, shows, tell, tellToTheEnd } from '../watching.js';
import { acknowledge, added, cancelByHand, type Going, request, shipAll, there } from './people.js';
import { held, line, taggedAs } from './rig.js';
import { onStage } from './stage.js';

const stage = onStage();

const verdictOf = async ({ order }: Going) => (await order.status()).outcome?.cancel;

/** Writes that were asked for since this order is there, without those that add and tag its lines. */
const writes = ({ sandbox, input }: Going) =>
  sandbox
    .ledger()
    .requests.filter(({ kind }) => kind === 'write')
    .filter(({ path, operation }) => !path.includes(`${input.reference}/items`) && operation !== 'orders.setTags')
    .map(({ operation }) => operation);

/** A cancel was granted: nothing of the lines ships any more, no tag of ours is left, and the order is as it was. */
async function expectStopped(way: Going, orderStatus = 'Open'): Promise<void> {
  await expect(way.order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
  expect(await verdictOf(way)).toMatchObject({ verdict: 'stopped' });
  for (const item of added(way)) expect(item.canceledQuantity).toBe(item.quantity);
  expect(there(way)).toMatchObject({ orderStatus, tags: [] });
}

/** What was sold by the channel is no business of ours. */
const expectOthersUntouched = (way: Going) =>
  expect(there(way).items.find(({ addedBy }) => addedBy === 'channel')).toMatchObject({ canceledQuantity: 0 });

describe('a cancel of a line without a fulfillment request', () => {
  test('puts the order on hold, tags it, asks a person, sees it done, and releases the order', async () => {
    const way = await stage.waiting();
    const { order } = way;
    expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
    const hold = await held(order);
    expect(hold.choices).toEqual(['retry', 'accept', 'leave']);
    expect(hold.question).toContain(String(added(way)[0]?.id));
    expect(there(way)).toMatchObject({ orderStatus: 'On Hold', tags: expect.arrayContaining(['line-cancel-needed']) });
    expect(() => request(way)).toThrow(/On Hold/);
    await expect(order.resolve({ hold: hold.id, answer: 'accept' })).rejects.toThrow(/not canceled yet/);
    cancelByHand(way);
    await tellToTheEnd(way);
    await expectStopped(way);
    expectOthersUntouched(way);
  });

  test('that a person takes up with "accept" is looked at, and counts', async () => {
    const way = await stage.waiting();
    await way.order.cancel();
    const hold = await held(way.order);
    cancelByHand(way);
    await way.order.resolve({ hold: hold.id, answer: 'accept' });
    await expectStopped(way);
  });

  test('that nobody wants to do lets the order go on, as it was', async () => {
    const way = await stage.waiting();
    await way.order.cancel();
    const hold = await held(way.order);
    await way.order.resolve({ hold: hold.id, answer: 'leave' });
    await reaches(way.order, ({ phase }) => phase === 'waiting');
    expect(there(way)).toMatchObject({ orderStatus: 'Open' });
    expect(there(way).tags).not.toContain('line-cancel-needed');
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({
      outcome: 'too-late',
      cancel: { verdict: 'too-late' },
      personInvolved: true,
      lines: [{ shipped: 2 }],
    });
  });

  test('of an order that is on hold already leaves it on hold', async () => {
    const way = await stage.waiting();
    way.sandbox.controls.setOrderStatus({ orderId: Number(way.input.reference), orderStatus: 'On Hold' });
    await tell(way, shows('On Hold'));
    await way.order.cancel();
    await held(way.order);
    cancelByHand(way);
    await tellToTheEnd(way);
    await expectStopped(way, 'On Hold');
  });

  test('while the line is requested after all, it is killed there', async () => {
    const way = await stage.waiting();
    await way.order.cancel();
    const { id } = await held(way.order);
    const orderId = Number(way.input.reference);
    way.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
    request(way);
    await way.order.resolve({ hold: id, answer: 'retry' });
    await expectStopped(way);
    expectOthersUntouched(way);
  });
});

describe('a cancel of a line in a fulfillment request', () => {
  test.each(['unprocessed', 'processing', 'processed', 'acknowledged'] as const)(
    '%s is killed, its stock given back, and seen',
    async (handle) => {
      const way = await stage.waiting();
      const { controls } = way.sandbox;
      const made = request(way);
      if (handle !== 'unprocessed') controls.release(made);
      if (handle === 'processed') controls.process(made);
      if (handle === 'acknowledged') controls.acknowledge(made);
      await tell(way, shows(handle));
      await way.order.cancel();
      await expectStopped(way);
      const [of] = there(way).fulfillmentRequests;
      const ours = of?.items.find(({ orderItemId }) => orderItemId === added(way)[0]?.id);
      expect(ours).toMatchObject({ canceledQuantity: 2, committedQuantity: 0 });
      // The line of the channel is in the same request, and goes on as it was.
      const theirs = of?.items.find(({ orderItemId }) => orderItemId !== added(way)[0]?.id);
      expect(theirs).toMatchObject({ canceledQuantity: 0, committedQuantity: 1 });
      expect(of?.handle).toBe(handle);
      expectOthersUntouched(way);
      expect(there(way).history.filter(({ type }) => type === 'status_changed')).toEqual([]);
    },
  );

  test('in several requests is killed in each of them', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 4, '9.90')] });
    const orderItemId = added(way)[0]?.id ?? 0;
    for (const quantity of [1, 3]) request(way, { items: [{ orderItemId, quantity }] });
    await way.order.cancel();
    await expectStopped(way);
  });

  test('that is a bundle is killed in its components', async () => {
    const way = await stage.waiting({ lines: [line('TEA-SET', 2, '54.00')] });
    acknowledge(way, request(way));
    await way.order.cancel();
    await expectStopped(way);
    const [of] = there(way).fulfillmentRequests;
    const parts = of?.items.filter(({ orderItemId }) => orderItemId === added(way)[0]?.id);
    expect(parts?.map(({ quantity, canceledQuantity }) => quantity - canceledQuantity)).toEqual([0, 0]);
    expectOthersUntouched(way);
  });

  test('that is in a request with one part and free with another is asked of a person, the request taken back', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 4, '9.90')] });
    const orderItemId = added(way)[0]?.id ?? 0;
    request(way, { items: [{ orderItemId, quantity: 3 }] });
    await way.order.cancel();
    await held(way.order);
    expect(there(way)).toMatchObject({ orderStatus: 'On Hold' });
    cancelByHand(way);
    await tellToTheEnd(way);
    await expectStopped(way);
  });

  test('of which a part has shipped is answered partly: the rest is canceled', async () => {
    const way = await stage.waiting({ lines: [line('TEA-1', 4, '9.90')] });
    const { controls } = way.sandbox;
    const orderItemId = added(way)[0]?.id ?? 0;
    const made = request(way, { items: [{ orderItemId }] });
    acknowledge(way, made);
    controls.ship({ ...made, items: [{ orderItemId, quantity: 1 }] });
    await tell(way, shows('1 of 4 shipped'));
    await way.order.cancel();
    expect(await way.order.result()).toMatchObject({
      outcome: 'partly',
      cancel: { verdict: 'partly' },
      lines: [{ ordered: 4, shipped: 1, canceled: 3 }],
    });
    expect(added(way)).toMatchObject([{ canceledQuantity: 3, shippedQuantity: 1 }]);
  });

  test('that has shipped before it was told is too late, and the order ends with its shipment', async () => {
    const way = await stage.waiting();
    shipAll(way);
    const before = writes(way).length;
    await way.order.cancel();
    expect(await way.order.result()).toMatchObject({
      outcome: 'too-late',
      cancel: { verdict: 'too-late', reason: expect.stringContaining('shipped') },
      lines: [{ shipped: 2, canceled: 0 }],
    });
    expect(writes(way)).toHaveLength(before);
  });

  test('that the source ships while it is killed is too late', async () => {
    const way = await stage.waiting();
    const made = request(way);
    acknowledge(way, made);
    await tell(way, shows('acknowledged'));
    const gate = way.sandbox.hold({ operation: 'fulfillmentRequests.adjust', at: 'arrival' });
    const asked = way.order.cancel();
    await gate.reached;
    way.sandbox.controls.ship(made);
    gate.release();
    await asked;
    expect(await way.order.result()).toMatchObject({ outcome: 'too-late', lines: [{ shipped: 2, canceled: 0 }] });
  });

  test('that Flxpoint refuses to kill is asked of a person, with its words', async () => {
    const way = await stage.waiting();
    acknowledge(way, request(way));
    await tell(way, shows('acknowledged'));
    way.sandbox.faults.add({ kind: 'business', operation: 'fulfillmentRequests.adjust' });
    await way.order.cancel();
    const { id, facts } = await held(way.order);
    expect(facts.join('; ')).toContain('Refused by the sandbox');
    await way.order.resolve({ hold: id, answer: 'retry' });
    await expectStopped(way);
  });

  test.each(['reset-before', 'reset-after', '500-after'] as const)(
    'whose kill is lost is killed once: %s',
    async (kind) => {
      const way = await stage.waiting();
      acknowledge(way, request(way));
      await tell(way, shows('acknowledged'));
      way.sandbox.faults.add({ kind, operation: 'fulfillmentRequests.adjust' });
      await way.order.cancel();
      await expectStopped(way);
      expectOthersUntouched(way);
    },
  );
});

test('a cancel of several lines takes each the way it can go, and the platform has the last word', async () => {
  const lines = [line('TEA-1', 2, '9.90'), line('POT-2', 1, '39.00'), line('KETTLE-E', 1, '89.00')];
  const way = await stage.waiting({ lines });
  const [tea, pot] = added(way);
  const gone = request(way, { items: [{ orderItemId: tea?.id ?? 0 }] });
  acknowledge(way, gone);
  way.sandbox.controls.ship({ ...gone });
  acknowledge(way, request(way, { items: [{ orderItemId: pot?.id ?? 0 }] }));
  await tell(way, shows('no fulfillment request'));
  await way.order.cancel();
  await held(way.order);
  expect(added(way)[1]).toMatchObject({ canceledQuantity: 1 });
  cancelByHand(way);
  await tellToTheEnd(way);
  expect(await way.order.result()).toMatchObject({
    outcome: 'partly',
    lines: [
      { shipped: 2, canceled: 0 },
      { shipped: 0, canceled: 1 },
      { shipped: 0, canceled: 1 },
    ],
  });
  expect(there(way)).toMatchObject({ orderStatus: 'Open' });
  expect(there(way).tags).not.toContain('line-cancel-needed');
});

describe('an order whose second line is refused for good', () => {
  test('has its first line taken back by a person, and the order is as it was', async () => {
    const lines = [line('TEA-1', 2, '9.90'), line('POT-2', 1, '39.00')];
    stage.sandbox.faults.add({ kind: 'business', operation: 'orders.addItem', nth: 2 });
    const way = await stage.start({ lines });
    const hold = await held(way.order);
    expect(hold.choices).toEqual(['retry', 'done', 'leave']);
    expect(added(way)).toMatchObject([{ sku: 'TEA-1', canceledQuantity: 0 }]);
    expect(there(way)).toMatchObject({ orderStatus: 'On Hold', tags: expect.arrayContaining(['line-cancel-needed']) });
    cancelByHand(way);
    await way.order.resolve({ hold: hold.id, answer: 'retry' });
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected' },
      outcome: { left: [], undone: [`line ${lines[0]?.reference} is canceled`] },
    });
    expect(added(way)).toMatchObject([{ canceledQuantity: 2 }]);
    expect(there(way)).toMatchObject({ orderStatus: 'Open', tags: [] });
  });

  test('has its first line killed where it is requested already', async () => {
    const lines = [line('TEA-1', 2, '9.90'), line('POT-2', 1, '39.00')];
    const gate = stage.sandbox.hold({ operation: 'orders.addItem', nth: 2, at: 'arrival' });
    stage.sandbox.faults.add({ kind: 'business', operation: 'orders.addItem', nth: 2 });
    const way = await stage.start({ lines });
    await gate.reached;
    acknowledge(way, request(way));
    gate.release();
    await expect(way.order.result()).rejects.toMatchObject({ failure: { type: 'Rejected' }, outcome: { left: [] } });
    expect(added(way)).toMatchObject([{ canceledQuantity: 2 }]);
    expect(there(way)).toMatchObject({ orderStatus: 'Open', tags: [] });
    expectOthersUntouched(way);
  });

  test('may be added again under its reference, once it was taken back', async () => {
    const way = await stage.waiting();
    const { reference = '' } = way.input.lines[0] ?? {};
    acknowledge(way, request(way));
    await way.order.cancel();
    await expectStopped(way);
    const next = { ...way, order: await stage.account.start(way.input) };
    await reaches(next.order, ({ phase }) => phase === 'waiting');
    expect(added(way)).toMatchObject([{ canceledQuantity: 2 }, { canceledQuantity: 0 }]);
    expect(taggedAs(there(way), reference)).toEqual([added(way)[1]?.id]);
    shipAll(next);
    await tellToTheEnd(next);
    expect(await next.order.result()).toMatchObject({
      lines: [{ orderItemId: String(added(way)[1]?.id), shipped: 2 }],
    });
  });
});
