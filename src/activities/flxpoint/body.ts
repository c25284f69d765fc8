import type { FlxpointWanted } from '../../workflows/flxpoint/contract.js';

/** A line as it is sent. */
export type ItemBody = ReturnType<typeof itemBody>;

/** Exactly one of the two variant ids: which of them wins is not documented. The price always: nothing says what is used without. */
export function itemBody({ line, variant }: FlxpointWanted) {
  const { listingVariantId, productVariantId } = variant;
  return {
    price: Number(line.price),
    quantity: line.quantity,
    ...(listingVariantId === undefined
      ? { productVariantId: Number(productVariantId) }
      : { listingVariantId: Number(listingVariantId) }),
    ...(line.shippingAddress === undefined ? {} : { shippingAddress: line.shippingAddress }),
  };
}
