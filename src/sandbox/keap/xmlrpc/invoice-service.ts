import { toMicros } from '../money.js';
import { newLine } from '../order-book.js';
import { itemTypeWords, type Order } from '../orders.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import type { XmlRpcMethod } from './method.js';
import { array, boolean, int } from './value.js';

export const invoiceService: readonly XmlRpcMethod[] = [
  {
    name: 'InvoiceService.createBlankOrder',
    kind: 'write',
    signatures: [['int', 'string', 'date', 'int', 'int']],
    run: ({ tenant }, params) => {
      const order = tenant.orders.create(
        {
          via: 'xmlrpc',
          title: params.text(1),
          invoiceTitle: params.text(1),
          contactId: existingContact(tenant, params.number(0)),
          orderTime: params.number(2),
          orderType: 'OFFLINE',
          leadAffiliateId: params.number(3),
          salesAffiliateId: params.number(4),
        },
        tenant.clock.now(),
      );
      return int(order.invoiceId);
    },
  },
  {
    name: 'InvoiceService.addOrderItem',
    kind: 'write',
    signatures: [['int', 'int', 'int', 'double', 'int', 'string', 'string']],
    run: ({ tenant }, params) => {
      const order = invoiceOf(tenant, params.number(0));
      const productId = params.number(1);
      const type = itemTypeWords[params.number(2)];
      if (type === undefined) throw namedFault('InvalidParameter', `Unknown item type: ${params.number(2)}`);
      if (productId !== 0 && tenant.catalog.get(productId) === undefined) {
        throw namedFault('RecordNotFound', `Product ${productId} not found`);
      }
      const line = newLine({
        type,
        productId,
        price: toMicros(params.number(3)),
        quantity: params.number(4),
        name: params.text(5),
        description: params.text(6),
      });
      tenant.orders.addLine(order, line, tenant.clock.now());
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.getAllShippingOptions',
    kind: 'read',
    signatures: [[]],
    run: () => array([]),
  },
  {
    name: 'InvoiceService.recalculateTax',
    kind: 'write',
    signatures: [['int']],
    // No tax rates are set up here, so nothing changes.
    run: ({ tenant }, params) => boolean(invoiceOf(tenant, params.number(0)) !== undefined),
  },
  {
    name: 'InvoiceService.deleteInvoice',
    kind: 'write',
    signatures: [['int']],
    run: ({ tenant }, params) => {
      const order = invoiceOf(tenant, params.number(0));
      if (!tenant.mayDelete(order)) {
        throw namedFault('NoAccess', `Invoice ${order.invoiceId} has payments and cannot be deleted`);
      }
      tenant.orders.delete(order, tenant.clock.now());
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.getOrderId',
    kind: 'read',
    signatures: [['int']],
    run: ({ tenant }, params) => int(invoiceOf(tenant, params.number(0)).jobId),
  },
  {
    name: 'InvoiceService.getInvoiceId',
    kind: 'read',
    signatures: [['int']],
    run: ({ tenant }, params) => {
      const order = tenant.orders.byJob(params.number(0));
      if (order === undefined) throw namedFault('RecordNotFound', `Job ${params.number(0)} not found`);
      return int(order.invoiceId);
    },
  },
  {
    name: 'InvoiceService.addOrderCommissionOverride',
    kind: 'write',
    signatures: [['int', 'int', 'int', 'int', 'double', 'int', 'string', 'date']],
    // Commissions are not kept: nothing that the sandbox shows depends on them.
    run: ({ tenant }, params) => boolean(invoiceOf(tenant, params.number(0)) !== undefined),
  },
];

export function invoiceOf(tenant: Tenant, invoiceId: number): Order {
  const order = tenant.orders.byInvoice(invoiceId);
  if (order === undefined) throw namedFault('RecordNotFound', `Invoice ${invoiceId} not found`);
  return order;
}

export function existingContact(tenant: Tenant, contactId: number): number {
  if (tenant.contacts.get(contactId) === undefined)
    throw namedFault('RecordNotFound', `Contact ${contactId} not found`);
  return contactId;
}
