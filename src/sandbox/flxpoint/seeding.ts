import type { AddressInput } from './addresses.js';
import { listingIn, type Variant } from './catalog.js';
import type { AddedBy, Order, OrderItem } from './orders.js';
import { flxpointSeed } from './seed.js';
import type { Tenant } from './tenant.js';

/** A line to be. */
export interface NewLine {
  variant: Variant;
  quantity: number;
  price?: number | null | undefined;
  shippingAddress?: AddressInput | null | undefined;
  externalOrderItemId?: string | undefined;
}

export interface NewOrderInput {
  orderNumber?: string | undefined;
  referenceNumber?: string | undefined;
  channelId: number;
  /** Unless told: Open, or Not Managed when a line is not. */
  orderStatus?: string | undefined;
  paymentStatus: string;
  orderedAt?: number | undefined;
  lines: readonly NewLine[];
  shippingAddress: AddressInput;
  billingAddress?: AddressInput | undefined;
  tags: readonly string[];
}

/** Seeded orders are as old as this at the start, so that no lag hides them. */
const seededBeforeMs = 3_600_000;

/** Puts the orders of the seed into a new account. */
export function seedOrders(tenant: Tenant): void {
  const at = tenant.clock.now() - seededBeforeMs;
  for (const [index] of flxpointSeed.orderIds.entries()) {
    importOrder(
      tenant,
      {
        orderNumber: `WEB-${flxpointSeed.firstOrderNumber + index}`,
        channelId: flxpointSeed.channelId,
        paymentStatus: 'Paid',
        lines: [{ variant: tenant.catalog.expect('MUG-B'), quantity: 1 }],
        shippingAddress: flxpointSeed.shipTo,
        tags: [],
      },
      at,
    );
  }
}

/** An order comes in from a channel. */
export function importOrder(tenant: Tenant, input: NewOrderInput, at: number): Order {
  const { addresses, ids, orders } = tenant;
  const id = ids.next('order');
  const managed = input.lines.every(({ variant }) => variant.productVariantId !== null);
  const shippingAddress = addresses.enter(input.shippingAddress);
  return orders.add(
    {
      id,
      orderNumber: input.orderNumber ?? `WEB-${id}`,
      referenceNumber: input.referenceNumber ?? `ref-${id}`,
      channelId: input.channelId,
      orderedAt: input.orderedAt ?? at,
      state: {
        orderStatus: input.orderStatus ?? (managed ? 'Open' : 'Not Managed'),
        paymentStatus: input.paymentStatus,
        items: input.lines.map((line) => newItem(tenant, input.channelId, line, 'channel')),
        fulfillmentRequests: [],
        returns: [],
        tags: [...input.tags],
        shippingAddress,
        billingAddress: input.billingAddress === undefined ? shippingAddress : addresses.enter(input.billingAddress),
        canceledAt: null,
      },
    },
    at,
  );
}

export function newItem(
  { addresses, ids }: Tenant,
  channelId: number,
  { variant, quantity, price, shippingAddress, externalOrderItemId }: NewLine,
  addedBy: AddedBy,
): OrderItem {
  return {
    id: ids.next('orderItem'),
    ...contentOf(ids, variant, channelId),
    quantity,
    // What an absent price becomes is not documented: the product's own.
    price: price ?? variant.price,
    externalOrderItemId: externalOrderItemId ?? null,
    canceledQuantity: 0,
    usingProductAlternative: false,
    shippingAddress: shippingAddress == null ? null : addresses.enter(shippingAddress),
    addedBy,
  };
}

/** What a line has of its product. */
export function contentOf(ids: Tenant['ids'], variant: Variant, channelId: number) {
  return {
    sku: variant.sku,
    title: variant.title,
    weight: variant.weight,
    virtualVariantId: variant.productVariantId,
    listingVariantId: listingIn(variant, channelId),
    components: variant.components.map(({ variant: part, quantity }) => ({
      id: ids.next('component'),
      sku: part.sku,
      componentVirtualVariantId: part.productVariantId,
      componentQuantity: quantity,
    })),
  } satisfies Partial<OrderItem>;
}
