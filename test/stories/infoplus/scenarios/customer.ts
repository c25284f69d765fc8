import { createCustomerByHand } from '../by-hand.js';
import { expectNone, expectShipped } from '../judge.js';
import { waits } from '../people.js';
import { plainOrder } from '../rig.js';
import { completed, failed, refusal, type Scenario, scenario, shipped, startWaiting } from '../scenario.js';

const { customerNo } = plainOrder();
const known = { ...completed, customer: { customerNo, differences: [] }, personInvolved: false };

/** The customer of an order, who may be there, or is made before it. */
export const customer: Scenario[] = [
  scenario({
    name: 'with-a-new-customer',
    order: { customerNo: 'C-NEW' },
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, customer: { created: true, differences: [] } },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'customer-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'customer.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: known,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'customer-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'customer.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...known, customer: { created: true } },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'customer-refused',
    faults: [refusal('customer.create')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'customer-made-by-another-order-meanwhile',
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'customer.create' });
      const order = await stage.start();
      await place.reached;
      await createCustomerByHand(stage.sandbox, customerNo);
      place.release();
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, customer: { created: false } },
    ledger: expectShipped(),
  }),
];
