import { describe, expect, test } from 'vitest';
import { reaches, tellToTheEnd, waits } from '../watching.js';
import { added, cancelByHand, type Going, shipAll, there } from './people.js';
import { held, line, taggedAs } from './rig.js';
import { onStage } from './stage.js';

const stage = onStage();

const kettles = line('KETTLE-E', 2, '89.00');

/** Adds a line by hand, like the one that is wanted or nearly so. */
const byHand = ({ sandbox, input }: Going, change: { sku?: string; quantity?: number; price?: number } = {}) =>
  sandbox.controls.addLineByHand({
    orderId: Number(input.reference),
    sku: 'KETTLE-E',
    quantity: 2,
    price: 89,
    ...change,
  });

const sendsOf = ({ sandbox, input }: Going) =>
  sandbox
    .ledger()
    .requests.filter(({ operation, path }) => operation === 'orders.addItem' && path.includes(input.reference));

/** Starts an order, whose line is just arriving, and does this to the order before it is worked. */
async function meanwhile(fault: 'reset-before' | 'reset-after', act: (way: Going) => unknown): Promise<Going> {
  const gate = stage.sandbox.hold({ operation: 'orders.addItem', at: fault === 'reset-before' ? 'arrival' : 'done' });
  stage.sandbox.faults.add({ kind: fault, operation: 'orders.addItem' });
  const way = await stage.start();
  await gate.reached;
  act(way);
  gate.release();
  return way;
}

async function expectShips(way: Going): Promise<void> {
  const { reference = '' } = way.input.lines[0] ?? {};
  await waits(way.order);
  const [item] = added(way);
  expect(added(way)).toHaveLength(1);
  expect(taggedAs(there(way), reference)).toEqual([item?.id]);
  shipAll(way);
  await tellToTheEnd(way);
  expect(await way.order.result()).toMatchObject({
    outcome: 'completed',
    lines: [{ reference, orderItemId: String(item?.id), shipped: 2 }],
  });
}

describe('an answer that was lost', () => {
  test('twice in a row is a question to a person: the line is not sent a third time unasked', async () => {
    stage.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.addItem', times: 2 });
    const way = await stage.start();
    const { id, question, choices } = await held(way.order);
    expect(question).toContain('its answer was lost, and nothing is to be found');
    expect(choices).toEqual(['retry', 'accept', 'abandon']);
    expect(sendsOf(way)).toHaveLength(2);
    expect(added(way)).toEqual([]);
    await way.order.resolve({ hold: id, answer: 'retry' });
    await expectShips(way);
    expect(sendsOf(way)).toHaveLength(3);
  });

  test('and given up leaves nothing', async () => {
    stage.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.addItem', times: 2 });
    const way = await stage.start();
    const { id } = await held(way.order);
    await way.order.resolve({ hold: id, answer: 'abandon' });
    await expect(way.order.result()).rejects.toMatchObject({ outcome: { outcome: 'failed', left: [] } });
    expect(added(way)).toEqual([]);
  });

  test('is looked for once, whatever other lines come meanwhile', async () => {
    const way = await meanwhile('reset-after', (going) => byHand(going, { sku: 'TEA-1' }));
    await expectShips(way);
    expect(sendsOf(way)).toHaveLength(1);
  });

  test('and a line that somebody added alike are told apart by the person who is asked', async () => {
    const way = await meanwhile('reset-after', (going) => byHand(going));
    const { id, question } = await held(way.order);
    const ours = added(way)[0]?.id;
    expect(question).toContain(`${ours}`);
    expect(question).toContain('may all be line');
    await expect(way.order.resolve({ hold: id, answer: 'accept', id: '1' })).rejects.toThrow(/does not show it/);
    await way.order.resolve({ hold: id, answer: 'accept', id: String(ours) });
    await expectShips(way);
    expect(sendsOf(way)).toHaveLength(1);
  });

  test('is not taken for found when somebody else added a line alike and ours was never worked', async () => {
    const way = await meanwhile('reset-before', (going) => byHand(going));
    const { id, question } = await held(way.order);
    expect(question).toContain('was not added by a call');
    expect(added(way)).toEqual([]);
    // That person takes the line out again: ours is sent.
    const theirs = there(way).items.find(({ addedBy }) => addedBy === 'person')?.id ?? 0;
    way.sandbox.controls.cancelLine({ orderItemId: theirs });
    await way.order.resolve({ hold: id, answer: 'retry' });
    await expectShips(way);
  });

  test('or that line is accepted in the place of ours', async () => {
    const way = await meanwhile('reset-before', (going) => byHand(going));
    const { id } = await held(way.order);
    const theirs = there(way).items.find(({ addedBy }) => addedBy === 'person')?.id;
    await way.order.resolve({ hold: id, answer: 'accept', id: String(theirs) });
    await waits(way.order);
    expect(added(way)).toEqual([]);
    expect(taggedAs(there(way), way.input.lines[0]?.reference ?? '')).toEqual([theirs]);
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ orderItemId: String(theirs), shipped: 2 }] });
  });

  test.each([
    ['price', { price: 1 }],
    ['quantity', { quantity: 1 }],
  ])('is not sent again when its line was changed at once in %s', async (_, change) => {
    const way = await meanwhile('reset-after', (going) =>
      going.sandbox.controls.editLine({ orderItemId: added(going)[0]?.id ?? 0, ...change }),
    );
    const { id, question } = await held(way.order);
    expect(question).toContain(`${added(way)[0]?.id}`);
    way.sandbox.controls.editLine({ orderItemId: added(way)[0]?.id ?? 0, quantity: 2, price: 89 });
    await way.order.resolve({ hold: id, answer: 'retry' });
    await expectShips(way);
    expect(sendsOf(way)).toHaveLength(1);
  });

  test('of a line that was canceled at once is told as that, and not sent again', async () => {
    const way = await meanwhile('reset-after', cancelByHand);
    await expect(way.order.result()).rejects.toMatchObject({
      failure: { type: 'Conflict', message: expect.stringContaining('was canceled') },
      outcome: { left: [] },
    });
    expect(sendsOf(way)).toHaveLength(1);
    expect(added(way)).toMatchObject([{ canceledQuantity: 2 }]);
  });

  test('of the second of two lines alike is not taken for the first', async () => {
    stage.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.addItem', nth: 2 });
    const lines = [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')];
    const way = await stage.waiting({ lines });
    expect(added(way)).toHaveLength(2);
    expect(lines.map(({ reference }) => taggedAs(there(way), reference))).toEqual(added(way).map(({ id }) => [id]));
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ lines: [{ shipped: 1 }, { shipped: 1 }] });
  });
});

test('a process that stops between the line and its tag finds the line by what the order was before', async () => {
  const gate = stage.sandbox.hold({ operation: 'orders.setTags', at: 'arrival' });
  stage.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.setTags' });
  const way = await stage.start();
  await gate.reached;
  expect(added(way)).toHaveLength(1);
  expect(there(way).tags).toEqual([]);
  const stopped = stage.rig.stopWorker();
  gate.release();
  await stopped;
  await stage.rig.startWorker();
  await reaches(way.order, ({ phase }) => phase === 'waiting');
  await expectShips(way);
  expect(sendsOf(way)).toHaveLength(1);
});

test('a later start finds the line by its tag, beside others that are alike', async () => {
  const way = await stage.waiting({ lines: [kettles] });
  byHand(way);
  const again = await stage.again(way);
  await expectShips(again);
  expect(sendsOf(way)).toHaveLength(1);
});

test('a later start of a line whose item is another by now asks, and leaves it', async () => {
  const way = await stage.waiting();
  way.sandbox.controls.editLine({ orderItemId: added(way)[0]?.id ?? 0, quantity: 5 });
  const again = await stage.again(way);
  const { id, question } = await held(again.order);
  expect(question).toContain('differs in quantity');
  way.sandbox.controls.editLine({ orderItemId: added(way)[0]?.id ?? 0, quantity: 2 });
  await again.order.resolve({ hold: id, answer: 'retry' });
  await expectShips(again);
});

test('a later start of a line that was canceled refuses its reference', async () => {
  const way = await stage.waiting();
  cancelByHand(way);
  const again = await stage.again(way);
  await expect(again.order.result()).rejects.toMatchObject({
    failure: { type: 'Conflict', message: expect.stringContaining('use a new reference') },
  });
  expect(sendsOf(way)).toHaveLength(1);
});
