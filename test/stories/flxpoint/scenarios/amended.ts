import { expect } from 'vitest';
import { reaches, waits } from '../../watching.js';
import { expectCanceled, expectShipped } from '../judge.js';
import { acknowledge, request } from '../people.js';
import { type Line, type LinesInput, type LinesOrder, line } from '../rig.js';
import {
  canceledThere,
  completed,
  refusal,
  refusedWith,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startWaiting,
  stopped,
} from '../scenario.js';

/** A line that is ordered later. */
const more = (reference: string, sku = 'TEA-1', price = '9.90'): Line => ({ ...line(sku, 1, price), reference });

const MORE_1 = more('MORE-1');
const MORE_2 = more('MORE-2', 'POT-2', '39.00');
const NOBODYS = more('MORE-3', 'NO-SUCH', '1.00');

const shippedWith =
  (...lines: readonly Line[]): Scenario['ledger'] =>
  (ledger, input) =>
    expectShipped(lines)(ledger, input);

/** Asks for more lines, and waits until it is decided: without a cache it takes longer than the sender waits. */
async function addMore(order: LinesOrder, lines: readonly Line[]): Promise<void> {
  const decided = (await order.status()).happenings.filter(({ text }) => text.startsWith('addLines')).length;
  await order.send('addLines', { lines: [...lines] });
  await reaches(
    order,
    ({ happenings }) => happenings.filter(({ text }) => text.startsWith('addLines')).length > decided,
  );
}

/** Asks for more lines, and has the order shipped. */
const addedAndShipped = async (stage: Stage): Promise<LinesOrder> => {
  const order = await startWaiting(stage);
  await addMore(order, [MORE_1]);
  return shipped(stage, order);
};

const both = { outcome: 'completed', lines: [{ shipped: 2 }, { reference: 'MORE-1', shipped: 1 }] };

/** Lines that are ordered while the first ones wait. */
export const amended: Scenario[] = [
  scenario({
    name: 'more-lines-twice-alike',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await addMore(order, [MORE_1, MORE_2]);
      await addMore(order, [MORE_2, MORE_1]);
      return shipped(stage, order);
    },
    ends: { outcome: 'completed', lines: [{}, { reference: 'MORE-1' }, { reference: 'MORE-2' }] },
    ledger: shippedWith(MORE_1, MORE_2),
  }),
  scenario({
    name: 'more-lines-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'orders.addItem', nth: 2 }],
    play: addedAndShipped,
    ends: both,
    ledger: shippedWith(MORE_1),
  }),
  scenario({
    name: 'more-lines-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'orders.addItem', nth: 2 }],
    play: addedAndShipped,
    ends: both,
    ledger: shippedWith(MORE_1),
  }),
  scenario({
    name: 'more-lines-refused-by-flxpoint',
    faults: [refusal('orders.addItem', 2)],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await refusedWith(order, 'addLines', { lines: [MORE_1] }, /Refused by the sandbox/);
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'more-lines-refused-in-part',
    faults: [refusal('orders.addItem', 3)],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await refusedWith(order, 'addLines', { lines: [MORE_1, MORE_2] }, /Refused by the sandbox/);
      return shipped(stage, order);
    },
    ends: both,
    ledger: shippedWith(MORE_1),
  }),
  scenario({
    name: 'more-lines-that-cannot-be',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const [first] = stage.input.lines as [Line];
      await refusedWith(order, 'addLines', { lines: [MORE_1, NOBODYS] }, /no product has the SKU NO-SUCH/);
      await refusedWith(order, 'addLines', { lines: [{ ...first, quantity: 9 }] }, /another line already/);
      await expect(order.send('addLines', { lines: [] })).rejects.toThrow(/at least one line/);
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'more-lines-after-a-cancel',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, 'update');
      await stage.answer(order, 'leave');
      await waits(order);
      await refusedWith(order, 'addLines', { lines: [MORE_1] }, /a cancel came first/);
      return shipped(stage, order);
    },
    ends: { ...completed, outcome: 'too-late', cancel: { verdict: 'too-late' } },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'more-lines-and-then-canceled',
    play: async (stage) => {
      const order = await startWaiting(stage);
      acknowledge(stage, request(stage));
      await addMore(order, [MORE_1]);
      await stage.askCancel(order, 'update');
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: (ledger, input) => expectCanceled(ledger, withMore(input)),
  }),
];

/** The order as it was in the end. */
const withMore = (input: LinesInput): LinesInput => ({ ...input, lines: [...input.lines, MORE_1] });
