import { toMajor, toMicros } from '../money.js';
import { owedOf } from '../order-totals.js';
import { PaymentRefused } from '../payments.js';
import { keapSeed } from '../seed.js';
import { methodFailed } from './fault.js';
import { invoiceOf } from './invoice-service.js';
import type { XmlRpcMethod } from './method.js';
import { queryRows } from './rows.js';
import { boolean, double, int, string, struct } from './value.js';

/** Labels under which money may go back. */
const counterEntries: ReadonlySet<string> = new Set(['Refund', 'Credit']);

/** The methods of InvoiceService that are about money. */
export const paymentMethods: readonly XmlRpcMethod[] = [
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
      tenant.orders.touch(order, tenant.clock.now());
      return boolean(true);
    },
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
