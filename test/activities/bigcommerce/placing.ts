import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import { contentOf, type RandomOrder, seededOf } from './random-orders.js';

const payment = {
  kind: 'payments-api',
  payment_method_id: bigcommerceSeed.paymentMethods.card,
  instrument: { type: 'stored_card', token: bigcommerceSeed.instruments.good },
};

/** How a random order is placed, by the shop or by us: the members of its input, and what its lines are called. */
export function placed({ controls }: BigcommerceSandbox, order: RandomOrder): Placed {
  if (order.money !== 'capture') {
    const members = { order: contentOf(order), payment };
    return { members, refs: order.lines.map((_, i) => String(i + 1)) };
  }
  const { orderId, orderProductIds } = controls.seedOrder(seededOf(order));
  return { members: { orderId: String(orderId) }, refs: orderProductIds.map(String) };
}

interface Placed {
  readonly members: Record<string, unknown>;
  readonly refs: readonly string[];
}

export interface Parcel {
  readonly tracking_number: string;
  readonly lines: { ref: string; quantity: number }[];
}

/** What leaves with each parcel. */
export function parcelsOf({ lines: of, parcels }: RandomOrder, refs: readonly string[]): Parcel[] {
  const left = of.map(({ of: product, quantity }) => (product === 'ebook' ? 0 : quantity));
  return parcels.flatMap((percents, n) => {
    const quantities = left.map((pieces, i) => Math.round((pieces * (percents[i] ?? 0)) / 100));
    quantities.forEach((quantity, i) => {
      left[i] = (left[i] ?? 0) - quantity;
    });
    const lines = quantities.flatMap((quantity, i) => (quantity > 0 ? [{ ref: refs[i] ?? '', quantity }] : []));
    return lines.length === 0 ? [] : [{ tracking_number: `1Z${n}`, lines }];
  });
}
