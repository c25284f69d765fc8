import { type Micros, wholeCents } from './money.js';
import type { Order, OrderPayment } from './orders.js';

const dayMs = 86_400_000;

export function totalOf(order: Order): Micros {
  return order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
}

/** Whether the row moved money: attempts that failed or are open did not. */
export function counts(payment: OrderPayment): boolean {
  return payment.status === 'MANUAL_PAID' || payment.status === 'APPROVED' || payment.status === 'REFUNDED';
}

export function paidOf(order: Order): Micros {
  return order.payments.reduce((sum, payment) => sum + (counts(payment) ? payment.amount : 0), 0);
}

/** What is still to be paid, in whole cents: a remaining fraction of a cent is owed by nobody. */
export function owedOf(order: Order): Micros {
  return wholeCents(totalOf(order) - paidOf(order));
}

/** What has fallen due by now. Not the balance: what is paid stays in it. */
export function dueOf(order: Order, now: number): Micros {
  if (order.plan === null) return totalOf(order);
  return planItems(order)
    .filter((item) => item.dueDate <= now)
    .reduce((sum, item) => sum + item.amount, 0);
}

/** `Invoice.PayStatus`: 1 only when paid and total are the same to the last fraction, and something was paid. */
export function payStatusOf(order: Order): 0 | 1 {
  return order.payments.some(counts) && paidOf(order) === totalOf(order) ? 1 : 0;
}

/** What went back, as a positive amount: refund rows and booked counter-entries. */
export function refundedOf(order: Order): Micros {
  return order.payments.reduce(
    (sum, payment) => (counts(payment) && payment.amount < 0 ? sum - payment.amount : sum),
    0,
  );
}

/** `Invoice.RefundStatus`: 0 none, 1 partly, 2 fully. Write-offs (3, 4) are made by people only. */
export function refundStatusOf(order: Order): 0 | 1 | 2 {
  const refunded = refundedOf(order);
  if (refunded === 0) return 0;
  const taken = order.payments.reduce(
    (sum, payment) => (counts(payment) && payment.amount > 0 && payment.type !== 'Credit' ? sum + payment.amount : sum),
    0,
  );
  return refunded >= taken ? 2 : 1;
}

/** `Invoice.CreditStatus`: 1 once a payment of type Credit is booked. */
export function creditStatusOf(order: Order): 0 | 1 {
  return order.payments.some((payment) => payment.type === 'Credit') ? 1 : 0;
}

/** A refund leaves an order PAID: who wants to know must read what was refunded. */
export function statusOf(order: Order): 'DRAFT' | 'SENT' | 'PAID' {
  if (payStatusOf(order) === 1 || (order.everPaid && refundedOf(order) > 0)) return 'PAID';
  return order.sentTime === null ? 'DRAFT' : 'SENT';
}

export interface PlanItem {
  dueDate: number;
  amount: Micros;
}

/** The instalments: the first payment, then the rest in equal parts of whole cents, the last taking the difference. */
export function planItems(order: Order): PlanItem[] {
  const { plan } = order;
  const total = totalOf(order);
  if (plan === null) return [{ dueDate: order.orderTime, amount: total }];
  const items: PlanItem[] = [{ dueDate: plan.firstDate, amount: plan.firstAmount }];
  const rest = total - plan.firstAmount;
  const part = wholeCents(rest / Math.max(1, plan.payments));
  for (let index = 0; index < plan.payments; index += 1) {
    const last = index === plan.payments - 1;
    items.push({
      dueDate: plan.startDate + index * plan.daysBetweenPayments * dayMs,
      amount: last ? rest - part * index : part,
    });
  }
  return items;
}
