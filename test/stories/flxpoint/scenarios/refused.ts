import { expect } from 'vitest';
import { reaches, tellToTheEnd } from '../../watching.js';
import { expectCanceled, expectNone } from '../judge.js';
import { acknowledge, cancelByHand, request } from '../people.js';
import { addedIn, line, orderIn } from '../rig.js';
import {
  answerLeft,
  canceledThere,
  failed,
  leftThere,
  refusal,
  type Scenario,
  scenario,
  startLeft,
} from '../scenario.js';

/** Of a product that nobody has. */
const NOBODYS = { reference: 'B', sku: 'NO-SUCH', quantity: 1, price: '1.00' };

const TWO = { order: () => ({ lines: [line('TEA-1', 2, '9.90'), line('POT-2', 1, '39.00')] }) };

/** The first line, which was taken back; the second was never there. */
const firstCanceled: Scenario['ledger'] = (ledger, input) => {
  expect(addedIn(orderIn(ledger, input))).toMatchObject([{ sku: 'TEA-1', canceledQuantity: 2, shippedQuantity: 0 }]);
  expect(orderIn(ledger, input)).toMatchObject({ orderStatus: 'Open', tags: [] });
};

/** Before anything is on the order. */
const unsent: Scenario[] = [
  scenario({
    name: 'second-line-refused',
    order: () => ({ lines: [{ reference: 'A', sku: 'KETTLE-E', quantity: 2, price: '89.00' }, NOBODYS] }),
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-an-ambiguous-product',
    order: () => ({ lines: [line('SPOON-S', 1, '3.00')] }),
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-an-order-that-is-not-there',
    play: ({ startBare, input }) => startBare({ ...input, reference: '999' }),
    ends: failed('NotFound'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-at-its-line',
    faults: [refusal('orders.addItem')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
];

/** When something is on the order. */
const takenBack: Scenario[] = [
  scenario({
    name: 'refused-and-canceled-by-hand',
    faults: [refusal('orders.setTags')],
    play: async (stage) => canceledThere(stage, await startLeft(stage)),
    ends: failed('Rejected'),
    ledger: expectCanceled,
  }),
  scenario({
    name: 'refused-and-retried-too-early',
    faults: [refusal('orders.setTags')],
    play: async (stage) => {
      const order = await startLeft(stage);
      await answerLeft(order, 'retry');
      // Still there.
      await reaches(order, ({ hold }) => hold !== undefined);
      cancelByHand(stage);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: failed('Rejected'),
    ledger: expectCanceled,
  }),
  scenario({
    name: 'refused-and-done-by-hand',
    faults: [refusal('orders.setTags')],
    play: async (stage) => {
      const order = await startLeft(stage);
      await answerLeft(order, 'done');
      // Right after it was said.
      cancelByHand(stage);
      return order;
    },
    ends: { ...failed('Rejected'), undone: [expect.stringMatching(/is canceled \(by hand\)$/)] },
    // Whoever does it by hand opens the order too.
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ canceledQuantity: 2 }]);
      expect(orderIn(ledger, input).orderStatus).toBe('On Hold');
    },
  }),
  scenario({
    name: 'refused-and-left',
    faults: [refusal('orders.setTags')],
    play: async (stage) => {
      const order = await startLeft(stage);
      await answerLeft(order, 'leave');
      return order;
    },
    ends: leftThere('Rejected'),
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ canceledQuantity: 0, shippedQuantity: 0 }]);
      expect(orderIn(ledger, input)).toMatchObject({ orderStatus: 'On Hold', tags: ['line-cancel-needed'] });
    },
  }),
  scenario({
    name: 'refused-at-its-second-line-and-canceled-by-hand',
    ...TWO,
    faults: [refusal('orders.addItem', 2)],
    play: async (stage) => canceledThere(stage, await startLeft(stage)),
    ends: failed('Rejected'),
    ledger: firstCanceled,
  }),
  scenario({
    name: 'refused-at-its-second-line-and-killed',
    ...TWO,
    faults: [refusal('orders.addItem', 2)],
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'orders.addItem', nth: 2, at: 'arrival' });
      const order = await stage.start();
      await place.reached;
      acknowledge(stage, request(stage));
      place.release();
      return order;
    },
    ends: { ...failed('Rejected'), undone: [expect.stringContaining('is canceled')] },
    ledger: firstCanceled,
  }),
];

/** Refusals for good, at every step. */
export const refused: Scenario[] = [...unsent, ...takenBack];
