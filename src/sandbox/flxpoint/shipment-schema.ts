import { z } from 'zod';

const text = z.string().nullish();
const id = z.int().nullish();
const time = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((value) => (value == null ? undefined : Date.parse(value)));
const customFields = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .nullish()
  .transform((list) => list ?? []);

const facts = {
  trackingUrl: text,
  carrier: text,
  method: text,
  note: text,
  shippedAt: time,
  shippingCost: z.number().nullish(),
  suppressed: z.boolean().nullish(),
};

export const createSchema = z.object({
  fulfillmentRequestId: id,
  purchaseOrderId: id,
  purchaseOrderNumber: text,
  sourceId: id,
  allowDuplicateTrackingNumbers: z.boolean().nullish(),
  shipment: z.object({
    trackingNumber: z.string().min(1),
    ...facts,
    customFields,
    shipmentItems: z
      .array(
        z
          .object({
            quantity: z.int().min(1),
            sku: text,
            inventoryVariantId: id,
            orderItemId: id,
            purchaseOrderItemId: id,
            rmaItemId: id,
            customFields,
          })
          .refine(
            (item) =>
              [item.sku, item.inventoryVariantId, item.orderItemId, item.purchaseOrderItemId].some(
                (name) => name != null,
              ),
            'an item needs sku, inventoryVariantId, orderItemId or purchaseOrderItemId',
          ),
      )
      .min(1),
  }),
});

/** Moving a shipment to another request and changing its items is not imitated: refused, rather than ignored. */
export const patchSchema = z.object({
  id: z.int(),
  trackingNumber: text,
  ...facts,
  fulfillmentRequestId: z.null().optional(),
  shipmentItems: z.null().optional(),
});

export const deleteSchema = z.object({ shipmentItemIds: z.array(z.int()) });
