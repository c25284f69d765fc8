import { creditCard, product } from './catalog.js';
import { contact } from './contact.js';
import { dataFormField, dataFormGroup, dataFormTab } from './field.js';
import { charge, invoice, invoicePayment, payment, payPlan, payPlanItem } from './invoice.js';
import { invoiceItem, job, orderItem } from './job.js';
import { subscriptionPlan } from './plan.js';
import { recurringOrder } from './subscription.js';
import type { Table } from './table.js';

/** Rows of any table: each table reads only rows that it gave out itself. */
// biome-ignore lint/suspicious/noExplicitAny: the row type is the table's own affair
export const tables: ReadonlyMap<string, Table<any>> = new Map<string, Table<any>>([
  ['Job', job],
  ['OrderItem', orderItem],
  ['Invoice', invoice],
  ['InvoiceItem', invoiceItem],
  ['InvoicePayment', invoicePayment],
  ['Payment', payment],
  ['CCharge', charge],
  ['PayPlan', payPlan],
  ['PayPlanItem', payPlanItem],
  ['Product', product],
  ['SubscriptionPlan', subscriptionPlan],
  ['RecurringOrder', recurringOrder],
  ['CreditCard', creditCard],
  ['Contact', contact],
  ['DataFormField', dataFormField],
  ['DataFormGroup', dataFormGroup],
  ['DataFormTab', dataFormTab],
]);
