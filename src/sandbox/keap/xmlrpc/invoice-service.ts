import { toMajor, toMicros } from '../money.js';
import { newLine } from '../order-book.js';
import { owedOf } from '../order-totals.js';
import { itemTypeWords, type Order } from '../orders.js';
import { PaymentRefused } from '../payments.js';
import { keapSeed } from '../seed.js';
import type { Tenant } from '../tenant.js';
import { methodFailed, namedFault } from './fault.js';
import type { XmlRpcMethod } from './method.js';
import { queryRows } from './rows.js';
import { array, boolean, double, int, string, struct } from './value.js';

/** Labels under which money may go back. */
const counterEntries: ReadonlySet<string> = new Set(['Refund', 'Credit']);

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
    name: 'InvoiceService.addManualPayment',
    kind: 'write',
    signatures: [['int', 'double', 'date', 'string', 'string', 'boolean']],
    run: ({ tenant }, params) => {
      const order = invoiceOf(tenant, params.number(0));
      const [amount, type] = [toMicros(params.number(1)), params.text(3)];
      const known = keapSeed.paymentOptions.some((label) => label === type);
      if (!known || amount === 0 || (amount < 0 && !counterEntries.has(type))) {
        throw methodFailed('InvoiceService.addManualPayment', 'null');
      }
      try {
        tenant.till.record(
          order,
          { amount, type, note: params.text(4), time: params.number(2), skipCommission: params.flag(5) },
          tenant.clock.now(),
        );
      } catch (error) {
        if (error instanceof PaymentRefused) throw methodFailed('InvoiceService.addManualPayment', error.message);
        throw error;
      }
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.chargeInvoice',
    kind: 'write',
    signatures: [['int', 'string', 'int', 'int', 'boolean']],
    run: ({ tenant, outcome }, params) => {
      const order = invoiceOf(tenant, params.number(0));
      const now = tenant.clock.now();
      const charged = tenant.till.charge(
        order,
        {
          amount: tenant.till.due(order, now),
          card: tenant.wallet.get(params.number(2)),
          merchantAccountId: params.number(3),
          note: params.text(1),
          skipCommission: params.flag(4),
          outcome,
        },
        now,
      );
      return struct({
        Successful: boolean(charged.code === 'APPROVED'),
        Message: string(charged.message),
        RefNum: string(charged.reference),
        Code: string(charged.code),
      });
    },
  },
  {
    name: 'InvoiceService.calculateAmountOwed',
    kind: 'read',
    signatures: [['int']],
    run: ({ tenant }, params) => double(toMajor(owedOf(invoiceOf(tenant, params.number(0))))),
  },
  {
    name: 'InvoiceService.getPayments',
    kind: 'read',
    signatures: [['int']],
    run: ({ tenant }, params) => {
      const { invoiceId } = invoiceOf(tenant, params.number(0));
      return queryRows(tenant, 'Payment', new Map([['InvoiceId', int(invoiceId)]]), {
        limit: 1000,
        page: 0,
        fields: paymentFields,
        order: null,
      });
    },
  },
  {
    name: 'InvoiceService.getAllPaymentOptions',
    kind: 'read',
    signatures: [[]],
    run: () => struct(Object.fromEntries(keapSeed.paymentOptions.map((label) => [label, string(label)]))),
  },
  {
    name: 'InvoiceService.getAllShippingOptions',
    kind: 'read',
    signatures: [[]],
    run: () => array([]),
  },
  {
    name: 'InvoiceService.addPaymentPlan',
    kind: 'write',
    signatures: [['int', 'boolean', 'int', 'int', 'int', 'int', 'double', 'date', 'date', 'int', 'int']],
    // A plan that is there already is replaced.
    run: ({ tenant }, params) => {
      const order = invoiceOf(tenant, params.number(0));
      order.plan = {
        autoCharge: params.flag(1),
        cardId: params.number(2),
        merchantAccountId: params.number(3),
        daysBetweenRetries: params.number(4),
        maxAttempts: params.number(5),
        firstAmount: toMicros(params.number(6)),
        firstDate: params.number(7),
        startDate: params.number(8),
        payments: params.number(9),
        daysBetweenPayments: params.number(10),
      };
      order.modifiedAt = tenant.clock.now();
      return boolean(true);
    },
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

const paymentFields = [
  'Id',
  'PayDate',
  'UserId',
  'PayAmt',
  'PayType',
  'ContactId',
  'PayNote',
  'InvoiceId',
  'RefundId',
  'ChargeId',
  'Synced',
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
