import { alpha2 } from '../../workflows/countries.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';

/** An order as it is sent, to create it and to amend it: always the whole of it, and nothing that it does not have. */
export type OrderBody = ReturnType<typeof orderBody>;

export function orderBody(order: LogisticsPlusOrder) {
  const { address, contact } = order.shipToAddress;
  return {
    warehouseCode: order.warehouseCode,
    primaryReference: order.reference,
    secondaryReference: order.secondaryReference,
    shipToAddress: {
      // Both forms are taken; orders abroad and finalized shipments show two letters.
      address: { ...address, country: alpha2(address.country) },
      contact,
    },
    requiredShipDate: order.requiredShipDate && wireTime(order.requiredShipDate),
    orderLines: order.orderLines.map(
      ({ externalLineReference, productCode, quantity, quantityUnit, partAttributes }) => ({
        externalLineReference,
        productCode,
        quantity,
        quantityUnit,
        partAttributes,
      }),
    ),
    additionalReferences: order.additionalReferences,
    note: order.note,
    // Beside a rateGroup any transportDetail, an empty one too, is refused.
    transportDetail: order.rateGroup === undefined ? order.transportDetail : undefined,
    rateGroup: order.rateGroup,
    forwardingData: order.forwardingData,
  };
}

/** `2026-02-27T19:29:06+00:00`: the platform's own form, to the second. */
export function wireTime(iso: string): string {
  return new Date(iso).toISOString().replace(/\.\d{3}Z$/, '+00:00');
}
