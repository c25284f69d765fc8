import { expect } from 'vitest';
import type { LogisticsPlusFault, LogisticsPlusLedger } from '../../../src/sandbox/index.js';
import { movesOf } from '../paths/moves.js';
import type { Warehouse } from '../paths/warehouse.js';
import type * as kit from '../scenario.js';
import type { Input } from '../tested.js';
import { createByHand } from './by-hand.js';
import { STOP } from './journeys.js';
import { expectCanceled, expectNone, expectShipped } from './judge.js';
import { cancelAll, ship, shipAtOnce, tell, waits } from './people.js';
import { ordersUnder, plainOrder, type WarehouseAccount, type WarehouseOrder } from './rig.js';

export { completed, failed, stopped } from '../paths/warehouse.js';

export type Scenario = kit.Scenario<WarehouseAccount>;
export type Stage = kit.Stage<WarehouseAccount>;
export type { CancelBy } from '../scenario.js';

/** A scenario of the one variant that there is. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'WAPI' });

export const refusal = (operation: string, nth = 1): LogisticsPlusFault => ({ kind: 'business', operation, nth });

/** What a person wrote who made the order by phone. */
export const BY_PHONE = 'by phone';

/** Shipped although a person is asked something: the hold settles itself. */
export async function shippedAllTheSame(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await shipAtOnce({ ...stage, order });
  return order;
}

/** What may still ship is canceled at the warehouse, and told; the hold that it is about settles itself. */
export async function canceledThere(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await stage.held(order);
  cancelAll({ ...stage, order });
  await tell({ ...stage, order }, ({ hold }) => hold === undefined);
  stage.settled();
  return order;
}

/** After this, in the sandbox's clock, a search shows what a person has done. */
const SEARCHABLE_MS = 1_000;
export const showNow = ({ sandbox }: Stage) => sandbox.clock.advance(SEARCHABLE_MS);

/** A person makes an order under our reference. @returns its id */
export async function makeByHand(stage: Stage, change: object = {}): Promise<string> {
  const id = await createByHand(stage.sandbox, { ...stage.input, ...change });
  showNow(stage);
  return id;
}

/** A person cancels an order, by default all under our reference, and nobody tells of it. */
export function cancelByHand(stage: Stage, orderId?: string): void {
  stage.sandbox.controls.cancel(orderId === undefined ? { reference: stage.input.reference } : { orderId });
  showNow(stage);
}

/** The statuses of all orders under the reference. */
export const expectStatuses =
  (...statuses: string[]) =>
  (ledger: LogisticsPlusLedger, { reference }: Input): void =>
    expect(
      ordersUnder(ledger, reference)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(statuses.toSorted());

/** Asks for a cancel while the order waits, until a person is asked. */
export async function askedToCancel(stage: Stage, by: kit.CancelBy = 'update'): Promise<WarehouseOrder> {
  const order = await startWaiting(stage);
  await stage.askCancel(order, by);
  await stage.held(order);
  return order;
}

const STOP_NOTE = `${STOP} ${plainOrder().note}`;
export const canceledWithNote = expectCanceled(STOP_NOTE);
const shippedWithNote = expectShipped({ ...plainOrder(), note: STOP_NOTE });

/** What its paths need to know of Logistics Plus. */
export const warehouse: Warehouse<WarehouseAccount> = {
  variant: 'WAPI',
  create: 'orders.create',
  writes: ['orders.create'],
  foundEnds: { requestIds: [] },
  undo: 'the order is canceled at the warehouse',
  statuses: { waiting: 'ENT', made: 'PRS', shipped: 'FIN', canceled: 'CAN', takenBack: 'CAN' },
  waits,
  ship,
  shipAtOnce,
  sendOut({ sandbox: { controls } }, orderId) {
    controls.pick({ orderId });
    controls.finalize({ orderId });
  },
  makeByHand,
  makeAnother: (stage) => makeByHand(stage, { note: BY_PHONE }),
  cancelByHand,
  setStatus: ({ sandbox, input: { reference } }, status) => sandbox.controls.setShipmentStatus({ reference, status }),
  takeBack: canceledThere,
  askedToCancel,
  expects: {
    none: expectNone,
    shipped: expectShipped(),
    canceled: expectCanceled(),
    takenBack: canceledWithNote,
    canceledAsAsked: canceledWithNote,
    shippedAllTheSame: shippedWithNote,
    shippedAsGivenUp: shippedWithNote,
    statuses: expectStatuses,
  },
};

export const { hint, startWaiting, startHeld, shipped, goesOn, shippedBesideIt, startBesideAnother, startDoubled } =
  movesOf(warehouse);

/** What stays when nobody cancels it at the warehouse. */
export const leftThere = (failure: string) => ({
  outcome: 'failed',
  failure,
  left: [{ what: 'the order is canceled at the warehouse' }],
});
