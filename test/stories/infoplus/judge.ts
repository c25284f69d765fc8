import { expect } from 'vitest';
import type { InfoplusLedger, InfoplusLedgerOrder } from '../../../src/sandbox/index.js';
import type { Input } from '../tested.js';
import { ordersUnder, plainOrder } from './rig.js';

/** What is wanted of an order, as the ledger shows it. */
export interface Wanted extends Pick<ReturnType<typeof plainOrder>, 'lineItems' | 'orderMessage'> {
  readonly customFields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** The one order of the site, under the reference and of its one customer; whatever else is there may ship too. */
export function theOne(ledger: InfoplusLedger, { reference }: Pick<Input, 'reference'>): InfoplusLedgerOrder {
  expect(ledger.orders).toHaveLength(1);
  const [order] = ordersUnder(ledger, reference);
  if (order === undefined) throw new Error(`no order under ${reference}`);
  expect(ledger.customers.filter(({ customerNo }) => customerNo === order.customerNo)).toHaveLength(1);
  return order;
}

/** Shipped once in one parcel, with the lines, the message and the custom fields that are wanted. */
function theShipped(ledger: InfoplusLedger, input: Input, wanted: Omit<Wanted, 'tags'>): InfoplusLedgerOrder {
  const order = theOne(ledger, input);
  const { lineItems, orderMessage, customFields } = wanted;
  expect(order).toMatchObject({ status: 'Shipped', deletedAt: null, fields: { orderMessage }, customFields });
  const lines = lineItems.map(({ sku, orderedQty }) => ({ sku, orderedQty, shippedQty: orderedQty }));
  expect(order.lines).toMatchObject(lines);
  expect(ledger.shipments).toHaveLength(1);
  const packed = lineItems.map(({ sku, orderedQty }) => ({ sku, quantity: orderedQty }));
  expect(ledger.shipments).toMatchObject([{ orderNo: order.orderNo, lines: packed }]);
  return order;
}

/** Shipped once, with what is wanted. */
export const expectShipped =
  (wanted: Wanted = plainOrder()) =>
  (ledger: InfoplusLedger, input: Input): void =>
    expect(theShipped(ledger, input, wanted).tags.toSorted()).toEqual(wanted.tags.toSorted());

/** The same but for its tags, which an order can do without: no others than these. */
export const expectShippedTagged =
  (tags: readonly string[], wanted: Wanted = plainOrder()) =>
  (ledger: InfoplusLedger, input: Input): void => {
    for (const tag of theShipped(ledger, input, wanted).tags) expect(tags).toContain(tag);
  };

/** The one order was deleted before anybody processed it. */
export const expectDeleted = (ledger: InfoplusLedger, input: Input): void =>
  expect(theOne(ledger, input)).toMatchObject({ status: 'On Order', deletedAt: expect.any(Number) });

/** The same before it was processed, whether it waited for that already or was Pending. */
export function expectTakenBack(ledger: InfoplusLedger, input: Input): void {
  const { status, deletedAt } = theOne(ledger, input);
  expect(['Pending', 'On Order']).toContain(status);
  expect(deletedAt).toEqual(expect.any(Number));
}

/** Shipped although the warehouse was asked by the tag to cancel it. */
export const expectShippedAllTheSame = expectShipped({
  ...plainOrder(),
  tags: [...plainOrder().tags, 'Cancel Order'],
});

/** The one order was cancelled at the warehouse. */
export const expectCanceled = (ledger: InfoplusLedger, input: Input): void =>
  expect(theOne(ledger, input)).toMatchObject({ status: 'Cancelled', deletedAt: null });

/** The same, asked for by the tag; its history says so once at most. */
export function expectCanceledAsAsked(ledger: InfoplusLedger, input: Input): void {
  expectCanceled(ledger, input);
  const { tags, audits } = theOne(ledger, input);
  expect(tags.toSorted()).toEqual(['Cancel Order', ...plainOrder().tags].toSorted());
  expect(audits.length).toBeLessThan(2);
}

/** No order was created. */
export const expectNone = ({ orders }: InfoplusLedger): void => expect(orders).toEqual([]);

/** Nothing that may still ship, or did. */
export const expectNothingLeft = ({ orders }: InfoplusLedger): void =>
  expect(orders.filter(({ status, deletedAt }) => status !== 'Cancelled' && deletedAt === null)).toEqual([]);
