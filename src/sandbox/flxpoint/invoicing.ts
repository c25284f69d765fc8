import type { RequestChange } from './fulfillment.js';
import type { Invoice, InvoiceItem, InvoiceStatus, Shipment } from './orders.js';
import type { Tenant } from './tenant.js';

export type NewInvoiceItem = Omit<InvoiceItem, 'id' | 'externalAccountingItemId'>;

export interface NewInvoice {
  invoiceNumber?: string | null | undefined;
  status: InvoiceStatus;
  invoiceDate?: number | undefined;
  items: readonly NewInvoiceItem[];
}

/** The source bills a request; gives the invoice. */
export function addInvoice({ ids }: Tenant, { request, now, record }: RequestChange, wanted: NewInvoice): Invoice {
  const invoice: Invoice = {
    id: ids.next('invoice'),
    invoiceNumber: wanted.invoiceNumber ?? request.fulfillmentRequestNumber,
    status: wanted.status,
    invoiceDate: wanted.invoiceDate ?? now,
    insertedAt: now,
    updatedAt: now,
    items: wanted.items.map((item) => ({ id: ids.next('invoiceItem'), ...item, externalAccountingItemId: null })),
    accountingSynced: false,
    externalAccountingId: null,
    accountingSyncError: null,
    vendorPayoutId: null,
  };
  request.invoices.push(invoice);
  record('source_invoice_added', invoice.invoiceNumber);
  return invoice;
}

/** The invoice that comes by itself with a shipment. */
export function invoiceFor(tenant: Tenant, change: RequestChange, shipment: Shipment): void {
  const { request } = change;
  const goods = shipment.items.map(({ fulfillmentRequestItemId, sku, quantity }): NewInvoiceItem => {
    const item = request.items.find(({ id }) => id === fulfillmentRequestItemId);
    return { type: 'product', sku, title: item?.title ?? null, quantity, perUnitCost: item?.cost ?? 0 };
  });
  const freight: NewInvoiceItem[] =
    shipment.shippingCost === null
      ? []
      : [{ type: 'shipping', sku: null, title: 'Shipping', quantity: 1, perUnitCost: shipment.shippingCost }];
  addInvoice(tenant, change, { status: 'paid', items: [...goods, ...freight] });
}

/** What the source bills for goods of a request, unless told otherwise. */
export function goodsOf({ request }: RequestChange): NewInvoiceItem[] {
  return request.items.map(({ sku, title, quantity, canceledQuantity, cost }) => ({
    type: 'product',
    sku,
    title,
    quantity: quantity - canceledQuantity,
    perUnitCost: cost,
  }));
}
