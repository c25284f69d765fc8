import { expect } from 'vitest';
import { rejected } from '../../every-story.js';
import { expectNone, expectShipped } from '../judge.js';
import { shows, tell, tellToTheEnd } from '../people.js';
import type { SiteAccount, SiteOrder } from '../rig.js';
import {
  canceledThere,
  completed,
  expectStatuses,
  failed,
  goesOn,
  hint,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startWaiting,
} from '../scenario.js';

/** Long enough that the order has to wait, short enough for a test. */
const SOON_MS = 1_500;

/** Orders that go their way. */
const goTheirWay: Scenario[] = [
  scenario({
    name: 'happy',
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, amendments: 0, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'starts-later',
    order: () => ({ startAt: new Date(Date.now() + SOON_MS).toISOString() }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'started-without-our-client',
    play: async (stage) => goesOn(stage, await stage.startBare()),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'with-a-new-customer',
    order: { customerNo: 'C-NEW' },
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, customer: { created: true, differences: [] } },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'canceled-by-the-warehouse',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.cancel({ reference: stage.input.reference });
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, fulfillment: 'CANCELED' },
    ledger: expectStatuses('Cancelled'),
  }),
  scenario({
    name: 'with-an-unknown-status',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.setStatus({ reference, status: 'Quarantine' });
      await tell({ ...stage, order }, shows('unknown status Quarantine'));
      stage.sandbox.controls.setStatus({ reference, status: 'On Order' });
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
];

/** Infoplus could not complete it. */
async function startInError(stage: Stage): Promise<SiteOrder> {
  const order = await startWaiting(stage);
  stage.sandbox.controls.setStatus({ reference: stage.input.reference, status: 'Error' });
  await hint(stage);
  expect((await stage.held(order)).choices).toEqual(['retry', 'abandon']);
  return order;
}

const repaired = ({ sandbox, input }: Stage): void => {
  sandbox.controls.setStatus({ reference: input.reference, status: 'On Order' });
};

const inError: Scenario[] = [
  scenario({
    name: 'in-error-and-settled',
    play: async (stage) => {
      const order = await startInError(stage);
      repaired(stage);
      await tell({ ...stage, order }, ({ hold }) => hold === undefined);
      stage.settled();
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-error-and-retried',
    play: async (stage) => {
      const order = await startInError(stage);
      await stage.answer(order, 'retry');
      // Still in Error.
      await stage.held(order);
      repaired(stage);
      await stage.answer(order, 'retry');
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'in-error-and-abandoned',
    play: async (stage) => {
      const order = await startInError(stage);
      // It is processed meanwhile, and nobody told of it: only the warehouse takes it back.
      stage.sandbox.controls.setStatus({ reference: stage.input.reference, status: 'Processed' });
      await stage.answer(order, 'abandon');
      return canceledThere(stage, order);
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('Cancelled'),
  }),
];

const refused: Scenario[] = [
  scenario({
    name: 'refused-unknown-item',
    order: { lineItems: [{ sku: 'NO-SUCH', orderedQty: 1 }] },
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-at-create',
    faults: [refusal('order.create')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
];

const notBegun = rejected<SiteAccount>('v3.0', { lineItems: 7, colour: 'blue' }, expectNone);

/** Orders that go their way, whatever the warehouse makes of them, and those that cannot be made. */
export const ordered: Scenario[] = [...goTheirWay, ...inError, ...refused, ...notBegun];
