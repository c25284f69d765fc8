import type { FulfillmentRequest, Invoice, InvoiceItem } from './orders.js';
import { amount, isoTime } from './times.js';

const named = (handle: string) => ({ name: `${handle.charAt(0).toUpperCase()}${handle.slice(1)}`, handle });

export function invoiceView(request: FulfillmentRequest, invoice: Invoice): object {
  const costOf = ({ quantity, perUnitCost }: InvoiceItem) => quantity * perUnitCost;
  const sum = (items: readonly InvoiceItem[]) => amount(items.reduce((total, item) => total + costOf(item), 0));
  const total = (type: InvoiceItem['type']) => sum(invoice.items.filter((item) => item.type === type));
  return {
    id: invoice.id,
    invoiceStatus: named(invoice.status),
    insertedAt: isoTime(invoice.insertedAt),
    updatedAt: isoTime(invoice.updatedAt),
    purchaseOrderId: request.id,
    fulfillmentRequestId: request.id,
    rmaId: null,
    sourceId: request.sourceId,
    purchaseOrderNumber: request.fulfillmentRequestNumber,
    fulfillmentRequestNumber: request.fulfillmentRequestNumber,
    invoiceNumber: invoice.invoiceNumber,
    invoiceDate: isoTime(invoice.invoiceDate),
    totalCost: sum(invoice.items),
    totalProductCost: total('product'),
    totalShippingCost: total('shipping'),
    totalFeeCost: total('fee'),
    totalTaxCost: total('tax'),
    totalOtherCost: total('other'),
    totalQuantity: invoice.items
      .filter(({ type }) => type === 'product')
      .reduce((quantity, item) => quantity + item.quantity, 0),
    accountingSynced: invoice.accountingSynced,
    accountingSyncError: invoice.accountingSyncError,
    externalAccountingId: invoice.externalAccountingId,
    invoiceItems: invoice.items.map((item) => ({
      id: item.id,
      invoiceId: invoice.id,
      invoiceItemType: named(item.type),
      sourceVariantId: null,
      cost: amount(costOf(item)),
      sku: item.sku,
      title: item.title,
      quantity: item.quantity,
      perUnitCost: item.perUnitCost,
      externalAccountingItemId: item.externalAccountingItemId,
      customFields: [],
    })),
    totalCreditCost: 0,
    customFields: [],
    commission: null,
    vendorPayoutId: invoice.vendorPayoutId,
  };
}
