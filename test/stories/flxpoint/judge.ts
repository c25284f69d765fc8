import { expect } from 'vitest';
import type { FlxpointLedger, FlxpointLedgerOrder } from '../../../src/sandbox/index.js';
import { addedIn, type LinesInput, orderIn, taggedAs } from './rig.js';

/** The lines of the order are what was wanted, each once and tagged; nothing was added to any other order. */
function theLines(ledger: FlxpointLedger, input: LinesInput, added = input.lines) {
  const order = orderIn(ledger, input);
  const items = addedIn(order);
  expect(ledger.orders.flatMap(addedIn)).toHaveLength(added.length);
  expect(items).toMatchObject(added.map(({ sku, quantity, price }) => ({ sku, quantity, price: Number(price) })));
  return { order, items };
}

/** Every line is there once, is tagged, and has shipped whole. */
export const expectShipped =
  (more: readonly LinesInput['lines'][number][] = []) =>
  (ledger: FlxpointLedger, input: LinesInput): void => {
    const wanted = [...input.lines, ...more];
    const { order, items } = theLines(ledger, input, wanted);
    expect(wanted.map(({ reference }) => taggedAs(order, reference))).toEqual(items.map(({ id }) => [id]));
    for (const item of items) expect(item).toMatchObject({ shippedQuantity: item.quantity, canceledQuantity: 0 });
    expectAsItWas(order);
  };

/** Every line is there once and is tagged, and so much of each was shipped or canceled. */
export const expectParts =
  (...parts: readonly { readonly shipped: number; readonly canceled: number }[]) =>
  (ledger: FlxpointLedger, input: LinesInput): void => {
    const { order, items } = theLines(ledger, input);
    expect(input.lines.map(({ reference }) => taggedAs(order, reference))).toEqual(items.map(({ id }) => [id]));
    expect(items).toMatchObject(
      parts.map(({ shipped, canceled }) => ({ shippedQuantity: shipped, canceledQuantity: canceled })),
    );
    expectAsItWas(order);
  };

/** The same, acknowledged by us and posted once. */
export function expectPosted(ledger: FlxpointLedger, input: LinesInput): void {
  expectShipped()(ledger, input);
  const requests = orderIn(ledger, input).fulfillmentRequests;
  expect(requests).toMatchObject([{ handle: 'acknowledged', shipments: [{ trackingNumber: '1ZOWN1' }] }]);
}

/** Every line that there is was canceled, and no trace of it is left on the order. */
export function expectCanceled(ledger: FlxpointLedger, input: LinesInput): void {
  theLines(ledger, input);
  expectNothingLeft(ledger);
  expectAsItWas(orderIn(ledger, input));
  expect(orderIn(ledger, input).tags).toEqual([]);
}

/** Nothing was added. */
export const expectNone = ({ orders }: FlxpointLedger): void => expect(orders.flatMap(addedIn)).toEqual([]);

/** Nothing of ours that may still ship, or did. */
export const expectNothingLeft = ({ orders }: FlxpointLedger): void =>
  expect(orders.flatMap(addedIn).filter(({ quantity, canceledQuantity }) => canceledQuantity < quantity)).toEqual([]);

/** The order is open, nothing is asked of a person any more, and what the channel sold is untouched. */
function expectAsItWas(order: FlxpointLedgerOrder): void {
  expect(order.orderStatus).toBe('Open');
  expect(order.tags).not.toContain('line-cancel-needed');
  for (const { addedBy, canceledQuantity } of order.items) {
    if (addedBy === 'channel') expect(canceledQuantity).toBe(0);
  }
}
