import { expect } from 'vitest';
import { RefusedError } from '../../../../src/client.js';
import { expectDeleted, expectShipped } from '../judge.js';
import { amend, decided, reaches, release, tellToTheEnd } from '../people.js';
import { plainOrder, type SiteOrder } from '../rig.js';
import {
  completed,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startProcessed,
  startWaiting,
  stopped,
} from '../scenario.js';

const amendment = { orderMessage: 'Ring twice.' };

const amendAndShip = async (stage: Stage): Promise<SiteOrder> => {
  const order = await startWaiting(stage);
  await amend({ ...stage, order }, amendment);
  return shipped(stage, order);
};

const amendedOnce = { ...completed, amendments: 1 };
const asAmended = expectShipped({ ...plainOrder(), ...amendment });

/** Orders that are to be otherwise while they wait. */
export const amended: Scenario[] = [
  scenario({ name: 'amended', play: amendAndShip, ends: amendedOnce, ledger: asAmended }),
  scenario({
    name: 'amended-twice-alike',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const ask = () => order.send('amend', { ...stage.input, ...amendment });
      await decided(ask);
      expect(await decided(ask)).toMatchObject({ reason: 'it had been amended so before' });
      return shipped(stage, order);
    },
    ends: amendedOnce,
    ledger: asAmended,
  }),
  scenario({
    name: 'amendment-lost',
    faults: [{ kind: 'reset-after', operation: 'order.update' }],
    play: amendAndShip,
    ends: amendedOnce,
    ledger: asAmended,
  }),
  scenario({
    name: 'amendment-refused',
    faults: [refusal('order.update')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      // Once: asked again it might be done.
      await order.send('amend', { ...stage.input, ...amendment }).catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error;
      });
      await reaches(order, ({ happenings }) => happenings.some(({ text }) => text.startsWith('amend refused: ')));
      return shipped(stage, order);
    },
    ends: { ...completed, amendments: 0 },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'amendment-too-late',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.process({ reference });
      await amend({ ...stage, order }, amendment);
      stage.sandbox.controls.ship({ reference });
      await stage.account.hint(reference);
      return order;
    },
    ends: { ...completed, amendments: 0 },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'released',
    order: { holdCode: 'H' },
    play: async (stage) => {
      const order = await startWaiting(stage);
      expect(() => stage.sandbox.controls.process({ reference: stage.input.reference })).toThrow(/is held/);
      await release({ ...stage, order });
      return shipped(stage, order);
    },
    ends: { ...completed, amendments: 0 },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'release-lost',
    order: { holdCode: 'H' },
    faults: [{ kind: 'reset-after', operation: 'order.update' }],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await release({ ...stage, order });
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'release-too-late',
    play: async (stage) => {
      const order = await startProcessed(stage);
      await expect(order.send('release', {})).rejects.toThrow(/too late: order \d+ is Processed/);
      stage.sandbox.controls.ship({ reference: stage.input.reference });
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'release-of-a-foreign-hold-code',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.holdOrder({ reference, holdCode: 'C' });
      await expect(order.send('release', {})).rejects.toThrow(/hold code C, which somebody else has set/);
      stage.sandbox.controls.holdOrder({ reference, holdCode: 'N' });
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'canceled-with-its-hold-code',
    order: { holdCode: 'H' },
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger: expectDeleted,
  }),
];
