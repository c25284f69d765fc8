import { expect } from 'vitest';
import type { InfoplusFault, InfoplusLedger } from '../../../src/sandbox/index.js';
import { movesOf } from '../paths/moves.js';
import type { Warehouse } from '../paths/warehouse.js';
import type * as kit from '../scenario.js';
import type { Input } from '../tested.js';
import { createByHand } from './by-hand.js';
import {
  expectCanceled,
  expectCanceledAsAsked,
  expectNone,
  expectShipped,
  expectShippedAllTheSame,
  expectTakenBack,
} from './judge.js';
import { cancelAll, process, ship, shipAll, tellToTheEnd, waits } from './people.js';
import { ordersUnder, type SiteAccount, type SiteOrder } from './rig.js';

export { completed, failed, stopped, tooLate } from '../paths/warehouse.js';

export type Scenario = kit.Scenario<SiteAccount>;
export type Stage = kit.Stage<SiteAccount>;

/** A scenario of the one variant that there is. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'v3.0' });

export const refusal = (operation: string, nth = 1): InfoplusFault => ({ kind: 'business', operation, nth });

/** Goods that were not ordered. */
export const OTHER_GOODS = { lineItems: [{ sku: 'POT-2', orderedQty: 9 }] };

/** The statuses of all orders under the reference; of those that were deleted, that they were. */
export const expectStatuses =
  (...statuses: string[]) =>
  (ledger: InfoplusLedger, { reference }: Input): void =>
    expect(
      ordersUnder(ledger, reference)
        .map(({ status, deletedAt }) => (deletedAt === null ? status : 'deleted'))
        .sort(),
    ).toEqual(statuses.toSorted());

/** A person makes an order under our reference. @returns its number */
export const makeByHand = ({ sandbox, input }: Stage, change: object = {}): Promise<string> =>
  createByHand(sandbox, input.reference, change);

/** The order is processed, and known to be: no call takes it back any more. */
export async function startProcessed(stage: Stage): Promise<SiteOrder> {
  const order = await startWaiting(stage);
  await process({ ...stage, order });
  return order;
}

/** The order is cancelled at the warehouse, and told; the hold that it is about settles itself. */
export async function canceledThere(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  await stage.held(order);
  cancelAll({ ...stage, order });
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** What its paths need to know of Infoplus. */
export const warehouse: Warehouse<SiteAccount> = {
  variant: 'v3.0',
  create: 'order.create',
  writes: ['customer.create', 'order.create', 'order.tag'],
  undo: 'the order is gone',
  statuses: {
    waiting: 'On Order',
    made: 'On Order',
    shipped: 'Shipped',
    canceled: 'Cancelled',
    takenBack: 'deleted',
  },
  waits,
  ship,
  async shipAtOnce(way) {
    shipAll(way);
    await tellToTheEnd(way);
  },
  sendOut({ sandbox: { controls } }, orderNo) {
    controls.process({ orderNo });
    controls.ship({ orderNo });
  },
  makeByHand,
  makeAnother: (stage) => makeByHand(stage, OTHER_GOODS),
  cancelByHand: ({ sandbox }, orderNo) => void sandbox.controls.cancel({ orderNo }),
  setStatus: ({ sandbox, input: { reference } }, status) => void sandbox.controls.setStatus({ reference, status }),
  // It is deleted without people.
  takeBack: async () => undefined,
  async askedToCancel(stage, by) {
    const order = await startProcessed(stage);
    await stage.askCancel(order, by);
    expect((await stage.held(order)).choices).toEqual(['retry', 'accept', 'leave']);
    return order;
  },
  expects: {
    none: expectNone,
    shipped: expectShipped(),
    canceled: expectCanceled,
    takenBack: expectTakenBack,
    canceledAsAsked: expectCanceledAsAsked,
    shippedAllTheSame: expectShippedAllTheSame,
    shippedAsGivenUp: expectShipped(),
    statuses: expectStatuses,
  },
};

export const { hint, startWaiting, startHeld, shipped, goesOn, shippedBesideIt, startBesideAnother, startDoubled } =
  movesOf(warehouse);
