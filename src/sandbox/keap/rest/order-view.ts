import { currencyValue, type Micros, toMajor } from '../money.js';
import {
  creditStatusOf,
  dueOf,
  paidOf,
  planItems,
  refundedOf,
  refundStatusOf,
  statusOf,
  totalOf,
} from '../order-totals.js';
import type { Order, OrderLine, OrderPayment } from '../orders.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import { planView } from './plans.js';
import { present } from './route.js';

const optionalTime = (time: number | null): string | null => (time === null ? null : isoTime(time));

/** An order as REST v2 shows it: ids are strings, money is in minor units, what has no value is left out. */
export function orderView(tenant: Tenant, order: Order): object {
  return present({
    id: String(order.jobId),
    title: order.title,
    status: statusOf(order),
    order_type: order.orderType,
    source_type: 'API',
    invoice_id: String(order.invoiceId),
    invoice_number: order.invoiceNumber,
    contact: contactView(tenant, order.contactId),
    notes: order.notes,
    terms: order.terms,
    creation_time: isoTime(order.createdAt),
    modification_time: isoTime(order.modifiedAt),
    order_time: isoTime(order.orderTime),
    sent_time: optionalTime(order.sentTime),
    due_time: optionalTime(order.dueTime),
    total: currencyValue(totalOf(order)),
    total_paid: currencyValue(paidOf(order)),
    total_due: currencyValue(dueOf(order, tenant.clock.now())),
    refund_total: currencyValue(refundedOf(order)),
    // The documentation gives no words for these two; the numbers are those of the Invoice table.
    credit_status: String(creditStatusOf(order)),
    refund_status: String(refundStatusOf(order)),
    lead_affiliate_id: idOrNull(order.leadAffiliateId),
    sales_affiliate_id: idOrNull(order.salesAffiliateId),
    promo_code: order.promoCodes[0],
    allow_payment: true,
    allow_paypal: false,
    shipping_information: shippingView(order),
    order_items: order.lines.map((line) => lineView(tenant, line)),
    payment_plan: paymentPlanView(order),
    custom_fields: [...order.customFields].map(([id, content]) => ({ id: String(id), content })),
    files: [],
    external_create_user: order.externalCreateUser,
    external_create_time: optionalTime(order.externalCreateTime),
    external_update_time: optionalTime(order.externalUpdateTime),
  });
}

export function lineView(tenant: Tenant, line: OrderLine): object {
  const product = tenant.catalog.get(line.productId);
  const plan = tenant.catalog.plan(line.subscriptionPlanId);
  return present({
    id: String(line.id),
    name: line.name,
    description: line.description,
    notes: line.notes,
    quantity: line.quantity,
    item_type: line.type,
    price_per_unit: currencyValue(line.price),
    cost_per_unit: line.cost === null ? null : currencyValue(line.cost),
    discount: line.type.startsWith('DISCOUNT') ? currencyValue(Math.abs(line.price)) : null,
    product:
      product === undefined
        ? null
        : {
            id: String(product.id),
            name: product.name,
            sku: product.sku,
            shippable: product.shippable,
            taxable: product.taxable,
          },
    subscription_id: idOrNull(line.subscriptionId),
    subscription_plan: plan === undefined ? null : planView(plan),
  });
}

/** A row of an order's payments. Amounts are numbers in major units here. */
export function orderPaymentView(order: Order, payment: OrderPayment): object {
  return present({
    id: String(payment.id),
    amount: toMajor(payment.amount),
    note: payment.note,
    invoice_id: String(order.invoiceId),
    payment_id: payment.paymentId === null ? null : String(payment.paymentId),
    pay_time: isoTime(payment.time),
    pay_status: payment.status,
    last_updated_time: isoTime(payment.updatedAt),
    skip_commission: payment.skipCommission,
    refund_invoice_payment_id: payment.refundOf === null ? null : String(payment.refundOf),
  });
}

export function contactView(tenant: Tenant, contactId: number): object {
  const fields = tenant.contacts.get(contactId)?.fields;
  return present({
    id: String(contactId),
    email: fields?.get('Email'),
    given_name: fields?.get('FirstName'),
    family_name: fields?.get('LastName'),
  });
}

function shippingView({ jobId, shipping }: Order): object | null {
  const { parts } = shipping;
  if (Object.keys(parts).length === 0 && shipping.countryCode === null) return null;
  return present({
    id: String(jobId),
    given_name: parts.FirstName,
    family_name: parts.LastName,
    company: parts.Company,
    phone_number: parts.Phone,
    invoice_to_company: shipping.toCompany,
    address: present({
      field: 'SHIPPING',
      line1: parts.Street1,
      line2: parts.Street2,
      locality: parts.City,
      region: parts.State,
      region_code: shipping.regionCode,
      postal_code: parts.Zip,
      zip_code: parts.Zip,
      zip_four: shipping.zipFour,
      country: parts.Country,
      country_code: shipping.countryCode,
    }),
  });
}

function paymentPlanView(order: Order): object | null {
  const { plan } = order;
  if (plan === null) return null;
  let left: Micros = paidOf(order);
  return {
    auto_charge: plan.autoCharge,
    max_charge_attempts: plan.maxAttempts,
    days_between_retries: plan.daysBetweenRetries,
    initial_payment_amount: currencyValue(plan.firstAmount),
    initial_payment_date: isoDay(plan.firstDate),
    plan_start_date: isoDay(plan.startDate),
    number_of_payments: plan.payments,
    days_between_payments: plan.daysBetweenPayments,
    payment_plan_items: planItems(order).map((item) => {
      const paid = Math.max(0, Math.min(left, item.amount));
      left -= paid;
      const open = plan.autoCharge ? 'UNPAID_AUTOCHARGE' : 'UNPAID_MANUAL';
      return {
        status: paid === item.amount ? 'PAID' : open,
        due_date: isoDay(item.dueDate),
        amount_due: currencyValue(item.amount),
        amount_paid: currencyValue(paid),
      };
    }),
  };
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const idOrNull = (id: number): string | null => (id === 0 ? null : String(id));
