import { newLine } from '../order-book.js';
import { totalOf } from '../order-totals.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import { existingContact } from './invoice-service.js';
import type { XmlRpcMethod } from './method.js';
import { string, struct } from './value.js';

const placed = ['int', 'int', 'int', 'array', 'array', 'boolean', 'array'] as const;

export const orderService: readonly XmlRpcMethod[] = [
  {
    name: 'OrderService.placeOrder',
    kind: 'write',
    // The two affiliates may be left out.
    signatures: [[...placed, 'int', 'int'], placed],
    run: ({ tenant, outcome }, params) => {
      const contactId = existingContact(tenant, params.number(0));
      const productIds = params.ints(3);
      if (params.ints(4).length > 0) throw namedFault('UnexpectedError', 'The sandbox places products only');
      if (productIds.length === 0)
        throw namedFault('InvalidParameter', 'An order needs a product or a subscription plan');
      const order = placeProducts(tenant, contactId, productIds);
      if (params.number(1) === 0)
        return answer(order, { successful: 'false', message: 'None', reference: 'None', code: '' });
      const card = tenant.wallet.get(params.number(1));
      const charged = tenant.till.charge(
        order,
        {
          amount: totalOf(order),
          card,
          merchantAccountId: card?.merchantAccountId ?? 0,
          note: '',
          skipCommission: false,
          outcome,
        },
        tenant.clock.now(),
      );
      return answer(order, {
        successful: String(charged.code === 'APPROVED'),
        message: charged.message,
        reference: charged.reference,
        code: charged.code,
      });
    },
  },
];

/** A product named twice is a quantity of two. */
function placeProducts(tenant: Tenant, contactId: number, productIds: readonly number[]) {
  const products = [...new Set(productIds)].map((id) => {
    const product = tenant.catalog.get(id);
    if (product === undefined) throw namedFault('RecordNotFound', `Product ${id} not found`);
    return product;
  });
  const now = tenant.clock.now();
  const title = products.map(({ name }) => name).join(', ');
  const order = tenant.orders.create(
    { via: 'xmlrpc', title, invoiceTitle: title, contactId, orderTime: now, orderType: 'OFFLINE' },
    now,
  );
  for (const product of products) {
    const quantity = productIds.filter((id) => id === product.id).length;
    const line = newLine({
      type: 'PRODUCT',
      productId: product.id,
      name: product.name,
      price: product.price,
      quantity,
    });
    tenant.orders.addLine(order, line, now);
  }
  return order;
}

/** All members are strings. */
function answer(
  order: { jobId: number; invoiceId: number },
  charge: { successful: string; message: string; reference: string; code: string },
) {
  return struct({
    Successful: string(charge.successful),
    Message: string(charge.message),
    RefNum: string(charge.reference),
    OrderId: string(String(order.jobId)),
    InvoiceId: string(String(order.invoiceId)),
    Code: string(charge.code),
  });
}
