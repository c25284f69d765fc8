import { expect } from 'vitest';
import type { BigcommerceFault } from '../../../../src/sandbox/index.js';
import { reaches, tellToTheEnd, waits } from '../../watching.js';
import { expectNone, expectShipped, expectTakenBack } from '../judge.js';
import { byApi, captured } from '../orders.js';
import { pay, released } from '../people.js';
import { ordersIn, stockOf } from '../rig.js';
import {
  completed,
  refusal,
  type Scenario,
  scenario,
  shipRest,
  startPaid,
  startReleased,
  stopped,
} from '../scenario.js';

const shipped = expectShipped(2, '1ZREST');

/** As often as it is sent. */
const lostForGood: BigcommerceFault = { kind: 'reset-before', operation: 'orders.create', times: 3 };

/** Answers that are lost, and requests that are. */
export const lost: Scenario[] = [
  scenario({
    name: 'created-and-its-answer-lost',
    faults: [{ kind: 'reset-after', operation: 'orders.create' }],
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'created-where-lists-lag-and-its-answer-lost',
    account: { behaviour: { searchLagMs: 20_000 } },
    faults: [{ kind: 'reset-after', operation: 'orders.create' }],
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'made-twice-because-the-first-was-worked-late',
    // After our time-out and the whole settle schedule: by then it was sent again.
    faults: [{ kind: 'late-before', operation: 'orders.create', ms: 160_000 }],
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger(ledger, input) {
      shipped(ledger, input);
      expect(ordersIn(ledger, input)).toHaveLength(2);
      expect(stockOf(ledger, 'TEA-1')).toBe(498);
    },
  }),
  scenario({
    name: 'lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'orders.create' }],
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'captured-and-its-answer-lost',
    order: captured,
    faults: [{ kind: 'reset-after', operation: 'payments.capture' }],
    play: async (stage) => shipRest(stage, await startReleased(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'paid-and-its-answer-lost',
    order: byApi(),
    faults: [{ kind: 'reset-after', operation: 'payments.process' }],
    play: async (stage) => shipRest(stage, await startReleased(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'posted-and-its-answer-lost',
    faults: [{ kind: 'reset-after', operation: 'shipments.create' }],
    play: async (stage) => shipRest(stage, await startPaid(stage)),
    ends: completed,
    ledger: shipped,
  }),
  scenario({
    name: 'refunded-and-its-answer-lost',
    order: byApi(),
    faults: [{ kind: 'reset-after', operation: 'refunds.create' }],
    play: async (stage) => {
      const order = await startReleased(stage);
      await order.cancel();
      return order;
    },
    ends: stopped,
    ledger: expectTakenBack,
  }),
  scenario({
    name: 'posting-refused-once-a-parcel-has-left',
    faults: [refusal('shipments.create')],
    play: async (stage) => {
      const order = await startPaid(stage);
      void order.send('ship', { tracking_number: '1ZREST' }).catch(() => undefined);
      await stage.answer(order, 'retry');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, personInvolved: true },
    ledger: shipped,
  }),
  scenario({
    name: 'lost-for-good-and-retried',
    faults: [lostForGood],
    play: async (stage) => {
      const order = await stage.start();
      await stage.answer(order, 'retry');
      await waits(order);
      await pay({ ...stage, order });
      await released({ order });
      return shipRest(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: shipped,
  }),
  scenario({
    name: 'lost-for-good-and-abandoned',
    faults: [lostForGood],
    play: async (stage) => {
      const order = await stage.start();
      await reaches(order, ({ hold }) => hold !== undefined);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: { outcome: 'failed', left: [] },
    ledger: expectNone,
  }),
];
