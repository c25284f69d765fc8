import type { Journey } from '../tested.js';
import { expectNone, expectShipped, expectShippedTagged } from './judge.js';
import { ship, waits } from './people.js';
import type { SiteAccount } from './rig.js';

const create = ['create', 'order.create'] as const;
const tag = ['tag', 'order.tag'] as const;
const made = [['create the customer', 'customer.create'], create, tag] as const;

const shipped = { fulfillment: 'SHIPPED', personInvolved: false };

/** An order that was not created is not there at all. */
const refused = { 'customer.create': { judge: expectNone }, 'order.create': { judge: expectNone } };
const untagged = { judge: expectShippedTagged([]), told: /^not tagged source: web: .*Refused by the sandbox/ };

/** All the ways in which an order writes to Infoplus. */
export const journeys = {
  shipped: {
    name: 'shipped',
    variant: 'v3.0',
    writes: made,
    everyFault: true,
    play: async (way) => {
      await waits(way.order);
      await ship(way);
    },
    ends: 'completed',
    result: shipped,
    judge: expectShipped(),
    refused: { ...refused, 'order.tag': untagged },
  },
} satisfies Record<string, Journey<SiteAccount>>;
