import { expect } from 'vitest';
import { tell, tellToTheEnd } from '../../watching.js';
import { expectCancelled, expectShipped, expectTakenBack } from '../judge.js';
import { byApi } from '../orders.js';
import { orderIn } from '../rig.js';
import {
  completed,
  failed,
  inTheStore,
  putRight,
  putStatus,
  type Scenario,
  scenario,
  shipFirst,
  shipRest,
  startPaid,
  startReleased,
  startUnpaid,
  toldHeld,
} from '../scenario.js';

/** Somebody else changes the order in the control panel. */
export const changed: Scenario[] = [
  scenario({
    name: 'cancelled-in-the-store-before-it-was-paid',
    play: async (stage) => {
      const order = await startUnpaid(stage);
      inTheStore(stage, 'cancel');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: failed('Conflict'),
    ledger: expectCancelled,
  }),
  scenario({
    name: 'cancelled-in-the-store-when-it-was-paid',
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      inTheStore(stage, 'cancel');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: failed('Conflict'),
    ledger: expectTakenBack,
  }),
  scenario({
    name: 'refunded-in-the-store',
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      inTheStore(stage, 'refund');
      stage.sandbox.controls.settleGateways();
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: failed('Conflict'),
    ledger(ledger, input) {
      const { taken, refunded } = orderIn(ledger, input);
      expect(refunded).toBe(taken);
    },
  }),
  scenario({
    name: 'paid-in-the-control-panel',
    play: async (stage) => {
      const order = await startUnpaid(stage);
      putStatus(stage, 11);
      await tell({ ...stage, order }, ({ waitingFor }) => waitingFor?.includes('everything has shipped') === true);
      return shipRest(stage, order);
    },
    ends: completed,
    ledger: expectShipped(2, '1ZREST'),
  }),
  scenario({
    name: 'disputed-and-settled',
    play: async (stage) => {
      const order = await startPaid(stage);
      inTheStore(stage, 'dispute');
      await toldHeld(stage, order);
      await putRight(stage, order, () => putStatus(stage, 11));
      return shipRest(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(2, '1ZREST'),
  }),
  scenario({
    name: 'to-be-verified-and-abandoned',
    order: byApi(),
    play: async (stage) => {
      const order = await startReleased(stage);
      inTheStore(stage, 'requireVerification');
      await toldHeld(stage, order);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    ledger: expectTakenBack,
  }),
  scenario({
    name: 'cancelled-in-the-store-after-a-parcel-had-left',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      putStatus(stage, 5);
      await toldHeld(stage, order);
      await stage.answer(order, 'accept');
      return order;
    },
    ends: { outcome: 'completed', statusId: 5, personInvolved: true },
    ledger: (ledger, input) => expect(orderIn(ledger, input)).toMatchObject({ statusId: 5, refunded: 0 }),
  }),
  scenario({
    name: 'completed-in-the-store',
    play: async (stage) => {
      const order = await shipFirst(stage, await startPaid(stage));
      putStatus(stage, 10);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', statusId: 10, shipments: [{ trackingNumber: '1ZFIRST' }] },
    ledger: (ledger, input) => expect(orderIn(ledger, input).statusId).toBe(10),
  }),
];
