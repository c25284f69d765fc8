import { toMicros } from '../money.js';
import { type NewLine, newLine } from '../order-book.js';
import type { Order, PaymentPlan, Shipping } from '../orders.js';
import { countryName, regionCode } from '../regions.js';
import type { Tenant } from '../tenant.js';
import type { CreateItem, PaymentPlanBody, ShippingBody, UpdateOrder } from './order-schemas.js';
import { existingContact, fieldContents } from './references.js';
import { invalid } from './refusal.js';

/** A line as it will be kept; a product lends its name and price where the request has none. */
export function lineFrom(tenant: Tenant, item: CreateItem): NewLine {
  const sold = item.item_type === 'PRODUCT' || item.item_type === 'SUBSCRIPTION';
  const product = item.product_id === undefined ? undefined : tenant.catalog.get(Number(item.product_id));
  if ((sold || item.product_id !== undefined) && product === undefined) throw invalid('product_id');
  const planId = Number(item.subscription_plan_id ?? 0);
  if (item.item_type === 'SUBSCRIPTION' && tenant.catalog.plan(planId) === undefined) {
    throw invalid('subscription_plan_id');
  }
  return newLine({
    type: item.item_type,
    productId: product?.id ?? 0,
    subscriptionPlanId: planId,
    name: item.name ?? product?.name ?? item.item_type,
    description: item.description ?? null,
    notes: item.notes ?? null,
    quantity: item.quantity,
    price: item.price_per_unit === undefined ? (product?.price ?? 0) : toMicros(item.price_per_unit),
    cost: item.cost_per_unit === undefined ? null : toMicros(item.cost_per_unit),
  });
}

/** Sets what is given; everything is checked before the first change. */
export function applyChanges(tenant: Tenant, order: Order, changes: UpdateOrder, now: number): void {
  const contactId = changes.contact_id === undefined ? null : existingContact(tenant, changes.contact_id);
  const contents = changes.custom_fields === undefined ? null : fieldContents(tenant, 'ORDER', changes.custom_fields);
  const plan = changes.payment_plan === undefined ? order.plan : planFrom(tenant, order, changes.payment_plan);
  if (contactId !== null) tenant.orders.setContact(order, contactId, now);
  if (contents !== null) replaceFields(tenant, order, contents, now);
  order.plan = plan;
  order.title = changes.order_title ?? order.title;
  order.invoiceTitle = changes.title ?? order.invoiceTitle;
  order.orderTime = changes.order_time ?? order.orderTime;
  order.orderType = changes.order_type ?? order.orderType;
  order.notes = changes.notes ?? order.notes;
  order.terms = changes.terms ?? order.terms;
  order.promoCodes = changes.promo_codes ?? order.promoCodes;
  order.leadAffiliateId = Number(changes.lead_affiliate_id ?? order.leadAffiliateId);
  order.salesAffiliateId = Number(changes.sales_affiliate_id ?? order.salesAffiliateId);
  order.sentTime = changes.sent_time ?? order.sentTime;
  order.dueTime = changes.due_time ?? order.dueTime;
  order.invoiceNumber = changes.invoice_number ?? order.invoiceNumber;
  order.externalCreateUser = changes.external_create_user ?? order.externalCreateUser;
  order.externalCreateTime = changes.external_create_time ?? order.externalCreateTime;
  order.externalUpdateTime = changes.external_update_time ?? order.externalUpdateTime;
  if (changes.shipping_address !== undefined) order.shipping = shippingFrom(changes.shipping_address);
  tenant.orders.touch(order, now);
}

/** The list replaces what was there: a field that is not listed loses its value. */
function replaceFields(tenant: Tenant, order: Order, contents: ReadonlyMap<number, string>, now: number): void {
  for (const id of [...order.customFields.keys()]) {
    if (!contents.has(id)) tenant.orders.setCustomField(order, id, null, now);
  }
  for (const [id, content] of contents) tenant.orders.setCustomField(order, id, content, now);
}

function shippingFrom(body: ShippingBody): Shipping {
  const country = body.country_code ?? null;
  const parts = {
    FirstName: body.first_name,
    MiddleName: body.middle_name,
    LastName: body.last_name,
    Company: body.company,
    Phone: body.phone,
    Street1: body.line1,
    Street2: body.line2,
    City: body.locality,
    State: body.region,
    Zip: body.zip_code,
    Country: country === null ? undefined : countryName(country),
  };
  return {
    parts: Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
    countryCode: country,
    regionCode: regionCode(body.region, country),
    zipFour: body.zip_four ?? null,
    toCompany: body.is_invoice_to_company ?? false,
  };
}

function planFrom(tenant: Tenant, order: Order, body: PaymentPlanBody): PaymentPlan {
  const card = body.payment_method_id === undefined ? undefined : tenant.wallet.byPaymentMethod(body.payment_method_id);
  if (body.payment_method_id !== undefined && card === undefined) throw invalid('payment_plan.payment_method_id');
  const before = order.plan;
  return {
    autoCharge: body.auto_charge ?? before?.autoCharge ?? false,
    cardId: card?.id ?? before?.cardId ?? 0,
    merchantAccountId: card?.merchantAccountId ?? before?.merchantAccountId ?? 0,
    daysBetweenRetries: body.days_between_retries ?? before?.daysBetweenRetries ?? 0,
    maxAttempts: body.max_charge_attempts ?? before?.maxAttempts ?? 0,
    firstAmount:
      body.initial_payment_amount === undefined ? (before?.firstAmount ?? 0) : toMicros(body.initial_payment_amount),
    firstDate: body.initial_payment_date ?? before?.firstDate ?? order.orderTime,
    startDate: body.plan_start_date ?? before?.startDate ?? order.orderTime,
    payments: body.number_of_payments ?? before?.payments ?? 0,
    daysBetweenPayments: body.days_between_payments ?? before?.daysBetweenPayments ?? 0,
  };
}
