import { z } from 'zod';
import { jsonAnswer } from '../answer.js';
import { changeRequest } from './fulfillment.js';
import { invoiceView } from './invoice-view.js';
import { addInvoice } from './invoicing.js';
import { expectIn } from './order-book.js';
import { currentState, type FulfillmentRequest, type Invoice, type Order } from './orders.js';
import { flagIn, integerIn, isAfter, isOneOf, isSame, largestPage, listIn, pageOf, timeIn } from './query.js';
import { notFound } from './refusals.js';
import { listedRequests } from './request-search.js';
import { type ApiRequest, type ApiRoute, bodyOf, idIn, interactionOf, requestOf, sees } from './route.js';

const status = z.enum(['unpaid', 'paid', 'credited', 'refunded']);

const createSchema = z.object({
  // Invoices of RMAs are not imitated.
  purchaseOrderId: z.int(),
  invoiceNumber: z.string().nullish(),
  invoiceStatus: status.nullish(),
  invoiceDate: z.iso.datetime({ offset: true }).nullish(),
  invoiceItems: z
    .array(
      z.object({
        invoiceItemType: z.enum(['product', 'shipping', 'fee', 'tax', 'other']),
        title: z.string().nullish(),
        sku: z.string().nullish(),
        quantity: z.int().min(1).nullish(),
        perUnitCost: z.number().nullish(),
      }),
    )
    .min(1),
});

const patchSchema = z.object({
  status: status.nullish(),
  accountingSynced: z.boolean().nullish(),
  externalAccountingId: z.string().nullish(),
  accountingSyncError: z.string().nullish(),
  vendorPayoutId: z.int().nullish(),
});

const tokens = ['account', 'source'] as const;

export const invoiceRoutes: readonly ApiRoute[] = [
  {
    operation: 'sourceInvoices.create',
    method: 'POST',
    path: '/source-invoices',
    tokens,
    handle: (request) => {
      const { purchaseOrderId, invoiceItems, invoiceStatus, invoiceDate, invoiceNumber } = bodyOf(
        request,
        createSchema,
      );
      const { order, request: found } = requestOf(request, purchaseOrderId);
      const wanted = {
        invoiceNumber,
        // The default for a request; for an RMA it would be credited.
        status: invoiceStatus ?? ('paid' as const),
        invoiceDate: invoiceDate == null ? undefined : Date.parse(invoiceDate),
        items: invoiceItems.map(({ invoiceItemType: type, title, sku, quantity, perUnitCost }) => ({
          type,
          title: title ?? null,
          sku: sku ?? null,
          quantity: quantity ?? 1,
          perUnitCost: perUnitCost ?? 0,
        })),
      };
      const { id } = changeRequest(request.tenant, order, found.id, interactionOf(request), (change) =>
        addInvoice(request.tenant, change, wanted),
      );
      return shown(request, id);
    },
  },
  {
    operation: 'sourceInvoices.list',
    method: 'GET',
    path: '/source-invoices',
    tokens,
    handle: (request) => {
      const { query, caller } = request;
      const requestId = integerIn(query, 'filterPurchaseOrderId');
      // Of no meaning beside a source token.
      const sourceId = caller.sourceId === null ? integerIn(query, 'filterSourceId') : undefined;
      const createdAfter = timeIn(query, 'filterCreatedAfter');
      const synced = flagIn(query, 'isAccountingSynced');
      const ids = listIn(query, 'ids', largestPage)?.map(Number);
      const found = listedRequests(request)
        .flatMap(({ request: each }) => each.invoices.map((invoice) => ({ request: each, invoice })))
        .filter(
          ({ request: each, invoice }) =>
            isSame(each.id, requestId) &&
            isSame(each.sourceId, sourceId) &&
            isAfter(invoice.insertedAt, createdAfter) &&
            isSame(invoice.accountingSynced, synced) &&
            isOneOf(invoice.id, ids),
        )
        .sort((one, other) => one.invoice.insertedAt - other.invoice.insertedAt || one.invoice.id - other.invoice.id);
      const page = pageOf(found, query, { page: 'filterPageNumber', size: 'filterPageSize' });
      return jsonAnswer(
        200,
        page.map(({ request: each, invoice }) => invoiceView(each, invoice)),
      );
    },
  },
  {
    operation: 'sourceInvoices.get',
    method: 'GET',
    path: '/source-invoices/:id',
    tokens,
    handle: (request) => shown(request, idIn(request)),
  },
  {
    operation: 'sourceInvoices.update',
    method: 'PATCH',
    path: '/source-invoices/:id',
    tokens,
    handle: (request) => {
      const id = idIn(request);
      const changes = bodyOf(request, patchSchema);
      const { order, request: found } = invoiceOf(request, id);
      changeRequest(request.tenant, order, found.id, interactionOf(request), (change) => {
        const invoice = expectIn(change.request.invoices, id, 'source invoice');
        // Only what is not null changes.
        const set = Object.entries(changes).filter(([, value]) => value != null);
        Object.assign(invoice, Object.fromEntries(set), { updatedAt: change.now });
        change.record('source_invoice_changed');
      });
      return shown(request, id);
    },
  },
];

function invoiceOf(
  { tenant, caller }: ApiRequest,
  id: number,
): { order: Order; request: FulfillmentRequest; invoice: Invoice } {
  for (const order of tenant.orders.all()) {
    for (const request of currentState(order).fulfillmentRequests) {
      const invoice = request.invoices.find((each) => each.id === id);
      if (invoice !== undefined && sees(caller.sourceId, request.sourceId)) return { order, request, invoice };
    }
  }
  throw notFound('source invoice', id);
}

function shown(request: ApiRequest, id: number) {
  const { request: found, invoice } = invoiceOf(request, id);
  return jsonAnswer(200, invoiceView(found, invoice));
}
