import type { z } from 'zod';
import type { Answer } from '../../answer.js';
import { toMajor, toMicros } from '../money.js';
import { owedOf } from '../order-totals.js';
import type { Order, OrderPayment } from '../orders.js';
import { aboveBalance, PaymentRefused } from '../payments.js';
import { keapSeed } from '../seed.js';
import { booleanField, type FilterFields, filterBy, numberField, parseFilter, textField } from './filter.js';
import { createPaymentSchema } from './order-schemas.js';
import { orderPaymentView } from './order-view.js';
import { orderOf } from './orders.js';
import { page } from './page.js';
import { invalid, parseBody, RestRefusal } from './refusal.js';
import { created, ok, type RestRequest, type RestRoute } from './route.js';

type CreatePayment = z.output<typeof createPaymentSchema>;

function fieldsOf(order: Order): FilterFields<OrderPayment> {
  return {
    invoice_id: numberField(() => order.invoiceId),
    payment_id: numberField((payment) => payment.paymentId),
    amount: numberField((payment) => toMajor(payment.amount)),
    pay_status: textField((payment) => payment.status),
    skip_commission: booleanField((payment) => payment.skipCommission),
  };
}

const sortKeys = {
  invoice_id: () => 0,
  payment_id: (payment: OrderPayment) => payment.paymentId ?? 0,
  amount: (payment: OrderPayment) => payment.amount,
  pay_time: (payment: OrderPayment) => payment.time,
  pay_status: (payment: OrderPayment) => payment.status,
  skip_commission: (payment: OrderPayment) => Number(payment.skipCommission),
  last_updated_time: (payment: OrderPayment) => payment.updatedAt,
};

export const orderPaymentRoutes: readonly RestRoute[] = [
  {
    operation: 'orderPayments.list',
    method: 'GET',
    path: '/orders/:orderId/payments',
    handle: (request) => {
      const order = orderOf(request);
      const fields = fieldsOf(order);
      const meets = filterBy(parseFilter(request.query.get('filter')), (name) => fields[name]);
      const found = page(order.payments.filter(meets), request.query, sortKeys);
      return ok({
        invoice_order_payments: found.items.map((payment) => orderPaymentView(order, payment)),
        next_page_token: found.next_page_token,
      });
    },
  },
  {
    operation: 'orderPayments.create',
    method: 'POST',
    path: '/orders/:orderId/payments',
    handle: (request) => {
      const order = orderOf(request);
      const payment = parseBody(createPaymentSchema, request.body);
      if (payment.payment_method_id !== undefined) return charge(request, order, payment, payment.payment_method_id);
      if (payment.payment_method_type !== undefined)
        return record(request, order, payment, payment.payment_method_type);
      throw new RestRefusal(400, 'One of payment_method_id or payment_method_type is required');
    },
  },
];

function record({ tenant }: RestRequest, order: Order, body: CreatePayment, type: string): Answer {
  // REST takes the tenant's manual types only; Refund and Credit belong to XML-RPC.
  if (!keapSeed.manualPaymentTypes.some((label) => label === type)) throw invalid('payment_method_type');
  if (body.payment_amount <= 0) throw invalid('payment_amount');
  const now = tenant.clock.now();
  try {
    const row = tenant.till.record(
      order,
      {
        amount: toMicros(body.payment_amount),
        type,
        note: body.notes ?? '',
        time: body.payment_time ?? now,
        skipCommission: !body.apply_to_commissions,
      },
      now,
    );
    return created(result(order, row, 'APPROVED'));
  } catch (error) {
    if (error instanceof PaymentRefused) throw new RestRefusal(400, error.message);
    throw error;
  }
}

/** A charge that the bank refuses is no failed call: it answers 201 and says so. */
function charge({ tenant, outcome }: RestRequest, order: Order, body: CreatePayment, methodId: string): Answer {
  const card = tenant.wallet.byPaymentMethod(methodId);
  if (card === undefined || card.contactId !== order.contactId) throw invalid('payment_method_id');
  if (body.payment_amount <= 0) throw invalid('payment_amount');
  const amount = toMicros(body.payment_amount);
  if (amount > owedOf(order)) throw new RestRefusal(400, aboveBalance);
  const { code, payment } = tenant.till.charge(
    order,
    {
      amount,
      card,
      merchantAccountId: card.merchantAccountId,
      note: body.notes ?? '',
      skipCommission: !body.apply_to_commissions,
      outcome,
    },
    tenant.clock.now(),
  );
  if (payment === null) throw invalid('payment_amount');
  return created(result(order, payment, code));
}

function result(order: Order, payment: OrderPayment, message: string): object {
  return {
    id: String(payment.id),
    invoice_id: String(order.invoiceId),
    payment_amount: toMajor(payment.amount),
    payment_status_message: message,
    transaction_id: String(payment.transactionId),
  };
}
