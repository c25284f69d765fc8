import type { Change, Journey } from '../tested.js';
import { createByHand } from './by-hand.js';
import {
  expectCanceled,
  expectCanceledAsAsked,
  expectDeleted,
  expectNone,
  expectShipped,
  expectShippedTagged,
  type Wanted,
} from './judge.js';
import {
  amend,
  cancelAll,
  type Going,
  giveUp,
  process,
  reaches,
  release,
  ship,
  shipAll,
  tellToTheEnd,
  thereOf,
  waits,
} from './people.js';
import { plainOrder, type SiteAccount } from './rig.js';

const create = ['create', 'order.create'] as const;
const tag = ['tag', 'order.tag'] as const;
const made = [['create the customer', 'customer.create'], create, tag] as const;

const shipped = { fulfillment: 'SHIPPED', personInvolved: false };

/** An order that was not created is not there at all. */
const refused = { 'customer.create': { judge: expectNone }, 'order.create': { judge: expectNone } };
const untagged = { judge: expectShippedTagged([]), told: /^not tagged source: web: .*Refused by the sandbox/ };

/** A line less, a line more, another quantity, another message, another field, another tag. */
const amendment: Wanted = {
  lineItems: [
    { sku: 'KETTLE-E', orderedQty: 3 },
    { sku: 'TEA-1', orderedQty: 4 },
  ],
  orderMessage: 'Ring twice.',
  customFields: { sourceRunId: 'run-2' },
  tags: ['source: phone'],
};
const { tags: tagsBefore } = plainOrder();

/** Long enough to make an order under its reference by hand before it begins. */
const BEFORE_MS = 2_000;

/** It is processed, and then a person at the warehouse is asked to cancel it. */
async function askedToCancel(way: Going): Promise<void> {
  await waits(way.order);
  await process(way);
  await way.order.cancel();
  await reaches(way.order, ({ hold }) => hold !== undefined);
}

/** All the ways in which an order writes to Infoplus. */
export const journeys = {
  shipped: {
    name: 'shipped',
    variant: 'v3.0',
    writes: made,
    play: async (way) => {
      await waits(way.order);
      await ship(way);
    },
    ends: 'completed',
    result: shipped,
    judge: expectShipped(),
    refused: { ...refused, 'order.tag': untagged },
  },
  amended: {
    name: 'amended',
    variant: 'v3.0',
    writes: [...made, ['amend', 'order.update'], ['tag another', 'order.tag'], ['take a tag off', 'order.untag']],
    play: async (way) => {
      await waits(way.order);
      await amend(way, { ...amendment });
      await ship(way);
    },
    ends: 'completed',
    result: { ...shipped, amendments: 1 },
    told: 'amend: the order shows it',
    judge: expectShipped(amendment),
    refused: {
      ...refused,
      'order.update': { judge: expectShipped(), told: /^amend refused: .*Refused by the sandbox/ },
      'order.tag': { judge: expectShippedTagged([], amendment), told: /^not tagged source: / },
      'order.untag': {
        judge: expectShippedTagged([...amendment.tags, ...tagsBefore], amendment),
        told: /^tag source: web not taken off: /,
      },
    },
  },
  released: {
    name: 'released',
    variant: 'v3.0',
    order: { holdCode: 'H' },
    writes: [...made, ['release', 'order.update']],
    play: async (way) => {
      await waits(way.order);
      await release(way);
      if (thereOf(way).some(({ holdCode }) => holdCode === 'N')) return ship(way);
      // Nobody processes it as it is.
      cancelAll(way);
      await tellToTheEnd(way);
    },
    ends: 'completed',
    result: shipped,
    judge: expectShipped(),
    refused: {
      ...refused,
      'order.tag': untagged,
      'order.update': { judge: expectCanceled, told: /^release refused: .*Refused by the sandbox/ },
    },
  },
  halfMade: {
    name: 'found without its custom fields',
    variant: 'v3.0',
    get order() {
      return { startAt: new Date(Date.now() + BEFORE_MS).toISOString() };
    },
    // By hand, and with the customer, whom nobody has to make any more.
    writes: [create, ['set the custom fields', 'order.updateCustomFields'], tag],
    play: async (way) => {
      await createByHand(way.sandbox, way.input.reference);
      await waits(way.order);
      await ship(way);
    },
    ends: 'completed',
    result: shipped,
    told: 'custom fields set',
    judge: expectShipped(),
    refused: {
      'order.tag': untagged,
      'order.updateCustomFields': {
        judge: expectShipped({ ...plainOrder(), customFields: {} }),
        told: /^custom fields not set: /,
      },
    },
  },
  deleted: {
    name: 'deleted',
    variant: 'v3.0',
    writes: [...made, ['delete', 'order.delete']],
    play: async ({ order }) => {
      await waits(order);
      await order.cancel();
    },
    ends: 'canceled',
    judge: expectDeleted,
    refused: { ...refused, 'order.tag': { judge: expectDeleted } },
  },
  canceled: {
    name: 'canceled at the warehouse',
    variant: 'v3.0',
    writes: [...made, ['ask for a cancellation', 'order.tag'], ['say so in its history', 'order.audit']],
    play: async (way) => {
      await askedToCancel(way);
      cancelAll(way);
      await tellToTheEnd(way);
    },
    asked: 'settles itself',
    ends: 'canceled',
    judge: expectCanceledAsAsked,
    refused: { ...refused, 'order.tag': { judge: expectCanceled } },
  },
  notCanceled: {
    name: 'not canceled at the warehouse',
    variant: 'v3.0',
    writes: [
      ...made,
      ['ask for a cancellation', 'order.tag'],
      ['say so in its history', 'order.audit'],
      ['ask no more', 'order.untag'],
    ],
    play: async (way) => {
      await askedToCancel(way);
      await giveUp(way);
      shipAll(way);
      await tellToTheEnd(way);
    },
    asked: 'settles itself',
    ends: 'completed',
    result: { outcome: 'too-late', fulfillment: 'SHIPPED', personInvolved: true },
    judge: expectShipped(),
    refused: {
      ...refused,
      'order.tag': { judge: expectCanceled },
      'order.untag': {
        judge: expectShippedTagged(['Cancel Order', ...tagsBefore]),
        told: /^take this back at Infoplus: tag Cancel Order of \d+ \(.*Refused by the sandbox/,
      },
    },
  },
} satisfies Record<string, Journey<SiteAccount>>;

/** Somebody wants it otherwise while it is under way. */
export const amendedMeanwhile: Change<SiteAccount> = {
  update: 'amend',
  journey: journeys.shipped,
  wanted: (input) => ({ ...input, ...amendment }),
  judge: expectShipped(amendment),
};
