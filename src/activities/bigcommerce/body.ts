import type { BigcommerceContent, BigcommerceOrder } from '../../workflows/bigcommerce/contract.js';

/** Waits for money that is taken outside. */
const AWAITING_PAYMENT = 7;
/** What the Payments API demands. */
const INCOMPLETE = 0;

/** A new order as it is posted. The reference goes into the one field that can be searched by. */
export function orderBody({ reference, order, payment }: BigcommerceOrder & { readonly order: BigcommerceContent }) {
  const { products, date_created, billing_address, shipping_addresses, ...fields } = order;
  const byApi = payment?.kind === 'payments-api';
  return {
    ...fields,
    status_id: fields.status_id ?? (byApi ? INCOMPLETE : AWAITING_PAYMENT),
    external_order_id: reference,
    ...(payment === undefined || payment.kind === 'payments-api' ? {} : { payment_method: payment.payment_method }),
    ...(date_created === undefined ? {} : { date_created: rfc2822(date_created) }),
    billing_address: withoutFormFields(billing_address),
    ...(shipping_addresses === undefined ? {} : { shipping_addresses: shipping_addresses.map(withoutFormFields) }),
    products: products.map(({ ref: _, ...product }) => product),
  };
}

/** Form fields are taken by the calls that change an address. */
function withoutFormFields<A extends { form_fields?: unknown }>({ form_fields: _, ...address }: A) {
  return address;
}

/** e.g. `Mon, 05 Jan 2026 10:15:00 +0000` */
const rfc2822 = (moment: string): string => new Date(moment).toUTCString().replace('GMT', '+0000');
