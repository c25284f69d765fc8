import { expect } from 'vitest';
import { flxpointSeed } from '../../../../src/sandbox/index.js';
import { soonOver, startsSoon } from '../../every-story.js';
import { reaches, shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectShipped } from '../judge.js';
import { acknowledge, added, request, shipAll, there } from '../people.js';
import { addedIn, line, orderIn } from '../rig.js';
import {
  answerLeft,
  completed,
  leftThere,
  type Scenario,
  scenario,
  shipped,
  startHeld,
  startWaiting,
} from '../scenario.js';

const variantOf = (sku: string) => flxpointSeed.variants.find((each) => each.sku === sku);

/** A line by an id of its product. */
function byListing(named: string, price: string) {
  const { sku, ...rest } = line(named, 1, price);
  return { ...rest, listingVariantId: String(variantOf(sku)?.listingVariantId) };
}

function byProduct(named: string, price: string) {
  const { sku, ...rest } = line(named, 1, price);
  return { ...rest, productVariantId: String(variantOf(sku)?.productVariantId) };
}

/** Lines that go their way. */
export const ordered: Scenario[] = [
  scenario({
    name: 'happy',
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'two-lines-alike',
    order: () => ({ lines: [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')] }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { outcome: 'completed', lines: [{ shipped: 1 }, { shipped: 1 }] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-two-requests',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      const one = request(stage, { items: [{ orderItemId, quantity: 1 }] });
      acknowledge(stage, one);
      stage.sandbox.controls.ship(one);
      await tell({ ...stage, order }, shows('1 of 2 shipped'));
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'more-lines-while-it-runs',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const lines = [{ ...line('KETTLE-E', 2, '89.00'), reference: 'MORE-1' }];
      await order.send('addLines', { lines });
      // Without a cache it takes longer than the sender waits.
      await reaches(order, ({ happenings }) => happenings.some(({ text }) => text === 'addLines: added: MORE-1'));
      return shipped(stage, order);
    },
    ends: { outcome: 'completed', lines: [{ shipped: 2 }, { reference: 'MORE-1', shipped: 2 }] },
    ledger: (ledger, input) => expectShipped([{ ...line('KETTLE-E', 2, '89.00'), reference: 'MORE-1' }])(ledger, input),
  }),
  scenario({
    name: 'starts-later',
    order: startsSoon,
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'past-its-deadline-and-retried',
    account: soonOver,
    play: async (stage) => {
      const order = await startHeld(stage);
      await stage.answer(order, 'retry');
      // At once: the looks run out again within seconds.
      shipAll(stage);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'past-its-deadline-and-abandoned',
    account: soonOver,
    play: async (stage) => {
      const order = await startHeld(stage);
      await stage.answer(order, 'abandon');
      await answerLeft(order, 'leave');
      return order;
    },
    ends: leftThere('Conflict'),
    ledger: (ledger, input) =>
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ shippedQuantity: 0, canceledQuantity: 0 }]),
  }),
  scenario({
    name: 'started-without-our-client',
    play: async (stage) => shipped(stage, await stage.startBare()),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'stuck-at-its-source-and-sent-again',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const way = { ...stage, order };
      const made = request(stage);
      stage.sandbox.controls.process(made);
      stage.sandbox.controls.failProcessing({ ...made, error: 'feed down' });
      await tell(way, ({ hold }) => hold !== undefined);
      stage.sandbox.controls.resend(made);
      await tell(way, ({ hold }) => hold === undefined);
      stage.settled();
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'with-invoices-and-returns',
    order: () => ({ lines: [line('KETTLE-E', 2, '89.00')], include: ['invoices', 'returns'] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { controls } = stage.sandbox;
      const orderId = Number(stage.input.reference);
      // The line that the channel sold ships by itself, and is none of ours.
      for (const { id } of there(stage).items) {
        const made = request(stage, { items: [{ orderItemId: id }] });
        acknowledge(stage, made);
        controls.ship(made);
      }
      controls.return({ orderId, items: [{ orderItemId: added(stage)[0]?.id ?? 0, returnQuantity: 1 }] });
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    // Two kettles at half of their price, which is their cost.
    ends: { ...completed, invoices: [{ totalCost: '89' }], returns: [{ status: 'open', items: [{ quantity: 1 }] }] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'by-ids-and-from-the-catalogue',
    order: () => ({ lines: [line('CUP-1', 1, '7.50'), byListing('TEA-1', '9.90'), byProduct('POT-2', '39.00')] }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { outcome: 'completed', lines: [{ sku: 'CUP-1' }, { sku: 'TEA-1' }, { sku: 'POT-2' }] },
    ledger: (ledger, input) => {
      const items = addedIn(orderIn(ledger, input));
      expect(items).toMatchObject([{ sku: 'CUP-1' }, { sku: 'TEA-1' }, { sku: 'POT-2' }]);
      for (const item of items) expect(item.shippedQuantity).toBe(1);
    },
  }),
];
