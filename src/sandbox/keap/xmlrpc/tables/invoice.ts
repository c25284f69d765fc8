import { toMajor } from '../../money.js';
import {
  creditStatusOf,
  dueOf,
  type PlanItem,
  paidOf,
  payStatusOf,
  planItems,
  refundStatusOf,
  totalOf,
} from '../../order-totals.js';
import type { Order, OrderPayment, Transaction } from '../../orders.js';
import type { Tenant } from '../../tenant.js';
import { idIn, one, type Table, type Where } from './table.js';

export const invoice: Table<Order> = {
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(tenant.orders.byInvoice(id));
    const jobId = idIn(where, 'JobId');
    if (jobId !== null) return one(tenant.orders.byJob(jobId));
    const contactId = idIn(where, 'ContactId');
    return contactId === null ? tenant.orders.live() : tenant.orders.byContact(contactId);
  },
  get: (tenant, id) => tenant.orders.byInvoice(id),
  createdAt: (order) => order.createdAt,
  read: {
    Id: (order) => order.invoiceId,
    ContactId: (order) => order.contactId,
    JobId: (order) => order.jobId,
    DateCreated: (order) => order.createdAt,
    InvoiceTotal: (order) => toMajor(totalOf(order)),
    TotalPaid: (order) => toMajor(paidOf(order)),
    TotalDue: (order, tenant) => toMajor(dueOf(order, tenant.clock.now())),
    PayStatus: payStatusOf,
    CreditStatus: creditStatusOf,
    RefundStatus: refundStatusOf,
    PayPlanStatus: (order) => (order.plan === null ? 0 : 1),
    AffiliateId: (order) => order.salesAffiliateId,
    LeadAffiliateId: (order) => order.leadAffiliateId,
    PromoCode: (order) => order.promoCodes[0],
    Description: (order) => order.invoiceTitle,
    ProductSold: (order) =>
      order.lines
        .map((line) => line.productId)
        .filter((id) => id !== 0)
        .join(',') || undefined,
    Synced: () => 0,
    LastUpdated: (order) => order.modifiedAt,
  },
};

interface PaymentRow {
  order: Order;
  payment: OrderPayment;
}

export const invoicePayment: Table<PaymentRow> = {
  rows: paymentRows,
  get: (tenant, id) => paymentRows(tenant, () => null).find(({ payment }) => payment.id === id),
  createdAt: ({ payment }) => payment.updatedAt,
  read: {
    Id: ({ payment }) => payment.id,
    InvoiceId: ({ order }) => order.invoiceId,
    Amt: ({ payment }) => toMajor(payment.amount),
    PayDate: ({ payment }) => payment.time,
    PayStatus: ({ payment }) => payment.status,
    PaymentId: ({ payment }) => payment.paymentId ?? undefined,
    SkipCommission: ({ payment }) => Number(payment.skipCommission),
  },
};

/** Money that moved; an attempt that failed is no payment. */
export const payment: Table<PaymentRow> = {
  rows: (tenant, where) => paymentRows(tenant, where).filter(({ payment: { paymentId } }) => paymentId !== null),
  get: (tenant, id) => paymentRows(tenant, () => null).find((row) => row.payment.paymentId === id),
  createdAt: ({ payment }) => payment.updatedAt,
  read: {
    Id: ({ payment }) => payment.paymentId ?? undefined,
    PayDate: ({ payment }) => payment.time,
    UserId: () => 1,
    PayAmt: ({ payment }) => toMajor(payment.amount),
    PayType: ({ payment }) => payment.type,
    ContactId: ({ order }) => order.contactId,
    PayNote: ({ payment }) => payment.note,
    InvoiceId: ({ order }) => order.invoiceId,
    RefundId: ({ order, payment }) => order.payments.find((other) => other.refundOf === payment.id)?.paymentId ?? 0,
    ChargeId: ({ order, payment }) => chargeOf(order, payment)?.id ?? 0,
    Commission: ({ payment }) => Number(!payment.skipCommission),
    Synced: () => 0,
  },
};

interface ChargeRow {
  order: Order;
  charge: Transaction;
}

export const charge: Table<ChargeRow> = {
  rows: (tenant) => chargeRows(tenant),
  get: (tenant, id) => chargeRows(tenant).find(({ charge }) => charge.id === id),
  createdAt: ({ charge }) => charge.time,
  read: {
    Id: ({ charge }) => charge.id,
    CCId: ({ charge }) => charge.cardId ?? undefined,
    PaymentId: ({ charge }) => charge.paymentId ?? undefined,
    OrderNum: ({ order }) => String(order.jobId),
    RefNum: ({ charge }) => charge.reference,
    Amt: ({ charge }) => toMajor(charge.amount),
  },
};

export const payPlan: Table<Order> = {
  rows: (tenant, where) => {
    const invoiceId = idIn(where, 'InvoiceId') ?? idIn(where, 'Id');
    return invoiceId === null ? tenant.orders.live() : one(tenant.orders.byInvoice(invoiceId));
  },
  // An invoice has one plan, so the plan goes by the invoice's id.
  get: (tenant, id) => tenant.orders.byInvoice(id),
  createdAt: (order) => order.createdAt,
  read: {
    Id: (order) => order.invoiceId,
    InvoiceId: (order) => order.invoiceId,
    DateDue: (order) => planItems(order)[0]?.dueDate,
    AmtDue: (order) => toMajor(totalOf(order)),
    Type: () => 0,
    InitDate: (order) => order.plan?.firstDate ?? order.orderTime,
    StartDate: (order) => order.plan?.startDate ?? order.orderTime,
    FirstPayAmt: (order) => toMajor(order.plan?.firstAmount ?? totalOf(order)),
  },
};

interface PlanItemRow extends PlanItem {
  id: number;
  order: Order;
  paid: number;
}

/** Room for the items of one plan within the ids that follow from its invoice. */
const itemIdsPerPlan = 1000;

export const payPlanItem: Table<PlanItemRow> = {
  rows: (tenant, where) => {
    const planId = idIn(where, 'PayPlanId');
    const orders = planId === null ? [...tenant.orders.live()] : one(tenant.orders.byInvoice(planId));
    return orders.flatMap(planItemRows);
  },
  get: (tenant, id) =>
    one(tenant.orders.byInvoice(Math.floor(id / itemIdsPerPlan)))
      .flatMap(planItemRows)
      .find((row) => row.id === id),
  createdAt: ({ order }) => order.createdAt,
  read: {
    Id: (row) => row.id,
    PayPlanId: ({ order }) => order.invoiceId,
    DateDue: (row) => row.dueDate,
    AmtDue: (row) => toMajor(row.amount),
    Status: (row) => Number(row.paid >= row.amount),
    AmtPaid: (row) => toMajor(row.paid),
  },
};

function planItemRows(order: Order): PlanItemRow[] {
  let left = paidOf(order);
  return planItems(order).map((item, index) => {
    const paid = Math.max(0, Math.min(left, item.amount));
    left -= paid;
    return { ...item, id: order.invoiceId * itemIdsPerPlan + index, order, paid };
  });
}

function paymentRows(tenant: Tenant, where: Where): PaymentRow[] {
  const invoiceId = idIn(where, 'InvoiceId');
  const orders = invoiceId === null ? [...tenant.orders.live()] : one(tenant.orders.byInvoice(invoiceId));
  return orders.flatMap((order) => order.payments.map((payment) => ({ order, payment })));
}

function chargeRows(tenant: Tenant): ChargeRow[] {
  return [...tenant.orders.live()].flatMap((order) =>
    order.transactions
      .filter(({ method, status }) => method === 'CAPTURE' && status === 'APPROVED')
      .map((charge) => ({ order, charge })),
  );
}

function chargeOf(order: Order, { transactionId }: OrderPayment): Transaction | undefined {
  return order.transactions.find(({ id, method }) => id === transactionId && method === 'CAPTURE');
}
