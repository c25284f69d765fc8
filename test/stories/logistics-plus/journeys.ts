import type { Change, Journey } from '../tested.js';
import { amendment, shippedAsAmended, shippedAsOrdered, shippedUnchanged } from './amendment.js';
import { expectCanceled, expectNone, expectShipped } from './judge.js';
import { amend, cancelAll, reaches, ship, shipAtOnce, tellToTheEnd, waits } from './people.js';
import { plainOrder, type WarehouseAccount } from './rig.js';

/** What the account has agreed with its warehouse to read as "stop". */
export const STOP = 'STOP';

const shipped = { fulfillment: 'SHIPPED', personInvolved: false };
const create = ['create', 'orders.create'] as const;

/** An order that was not created is not there at all. */
const refused = { 'orders.create': { judge: expectNone } };

/** All the ways in which an order writes to Logistics Plus. */
export const journeys = {
  shipped: {
    name: 'shipped',
    variant: 'WAPI',
    writes: [create],
    play: async (way) => {
      await waits(way.order);
      await ship(way);
    },
    ends: 'completed',
    result: shipped,
    judge: expectShipped(),
    refused,
  },
  amended: {
    name: 'amended',
    variant: 'WAPI',
    writes: [create, ['amend', 'orders.update']],
    play: async (way) => {
      await waits(way.order);
      await amend(way, amendment);
      await ship(way);
    },
    ends: 'completed',
    result: shipped,
    told: 'amend: the order and its shipments show it',
    judge: shippedAsAmended,
    refused: {
      ...refused,
      'orders.update': { judge: shippedUnchanged, told: /^amend refused: .*Refused by the sandbox/ },
    },
  },
  canceled: {
    name: 'canceled',
    variant: 'WAPI',
    writes: [create, ['stop note', 'orders.update']],
    play: async (way) => {
      const { order } = way;
      await waits(order);
      await order.cancel();
      await reaches(order, ({ hold }) => hold !== undefined);
      cancelAll(way);
      await tellToTheEnd(way);
    },
    asked: 'settles itself',
    ends: 'canceled',
    judge: expectCanceled(`${STOP} ${plainOrder().note}`),
    refused: { ...refused, 'orders.update': { judge: expectCanceled() } },
  },
} satisfies Record<string, Journey<WarehouseAccount>>;

/** Somebody wants it otherwise while it is under way. */
export const amendedMeanwhile: Change<WarehouseAccount> = {
  update: 'amend',
  journey: {
    ...journeys.shipped,
    async play(way) {
      await waits(way.order);
      await shipAtOnce(way);
    },
    judge: shippedAsOrdered,
  },
  wanted: (input) => ({ ...input, ...amendment }),
  judge: shippedAsAmended,
};
