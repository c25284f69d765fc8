import { alpha3 } from '../../../workflows/countries.js';
import type { KeapIds, KeapLine, KeapWanted } from '../../../workflows/keap/contract.js';
import { failure } from '../../failure.js';
import { sameReference } from '../../references.js';
import { sameContent } from '../content.js';
import { restType, skuOf } from '../kinds.js';
import { lineName, lineNote, lineRefsIn, titleCarries, titleOf } from '../marks.js';
import { unlessNotFound } from '../not-found.js';
import type { LineProducts } from '../settings.js';
import type { LineAtKeap, MoneyAtKeap, OrderAtKeap, Transport } from '../transport.js';
import { fromMinor, isPositive, subtract, utcTime } from '../wire.js';
import type { RestClient } from './client.js';
import type { RestItem, RestOrder } from './shapes.js';

type Orders = Pick<
  Transport,
  | 'searchOrders'
  | 'readOrder'
  | 'createOrder'
  | 'readOrderId'
  | 'writeReference'
  | 'readReference'
  | 'deleteOrder'
  | 'readLines'
  | 'addLine'
  | 'readMoney'
  | 'readUnset'
  | 'writeFields'
  | 'link'
>;

/** Orders by REST v2, where one call creates an order with its lines, its fields and its address. */
export function restOrders(rest: RestClient, lineProducts: LineProducts): Orders {
  const known = async (made: KeapIds) => rest.getOrder(orderIdOf(made));
  return {
    async searchOrders({ order: { reference }, account }) {
      const marked = await rest.listOrders(`${account.referenceField.name}==${reference}`);
      // An order whose field was emptied, or never set, still has its title.
      const titled = (await rest.listOrders(`title==${reference}*`)).filter((of) =>
        titleCarries(of.title ?? '', reference),
      );
      return [...new Set([...marked, ...titled].map(({ id }) => id))];
    },
    async readOrder(id, want) {
      const order = await unlessNotFound(rest.getOrder(id));
      return order && orderAtKeap(order, want);
    },
    async createOrder(want) {
      const order = orderAtKeap(await rest.createOrder(orderBody(want, lineProducts)), want);
      return {
        invoiceId: order.invoiceId,
        orderId: order.orderId,
        marked: sameReference(order.reference, want.order.reference),
        lines: order.lines.flatMap(({ texts }) => lineRefsIn(texts, want.order)),
        fieldsSet: order.unset.length === 0,
      };
    },
    readOrderId: async ({ orderId, invoiceId }) =>
      orderId ?? (await rest.listOrders(`invoice_id==${invoiceId}`))[0]?.id,
    async writeReference({ order, account }, made) {
      await patchFields(rest, made, { [account.referenceField.id]: order.reference });
    },
    readReference: async (want, made) => orderAtKeap(await known(made), want).reference,
    async deleteOrder(made) {
      return (await unlessNotFound(rest.deleteOrder(orderIdOf(made)).then(() => true))) ?? false;
    },
    readLines: async (made) => (await known(made)).order_items.map(lineAtKeap),
    async addLine(want, made, line) {
      await rest.createItem(orderIdOf(made), itemBody(want, line, lineProducts));
    },
    async readMoney(made) {
      const order = await unlessNotFound(rest.getOrder(orderIdOf(made)));
      return order && moneyAtKeap(order);
    },
    readUnset: async (want, made) => unsetOf(await known(made), want),
    async writeFields({ order, account }, made) {
      const values = Object.entries(order.customFields ?? {}).map(([label, value]) => [
        account.fields[label]?.id,
        value,
      ]);
      await patchFields(rest, made, Object.fromEntries(values));
    },
    link: ({ orderId, invoiceId }) => rest.orderUrl(orderId, invoiceId),
  };
}

/** Writing custom fields replaces them all, so what is stored is read, merged, and written back. */
async function patchFields(rest: RestClient, made: KeapIds, values: Readonly<Record<string, string>>): Promise<void> {
  const id = orderIdOf(made);
  const { custom_fields: stored } = await rest.getOrder(id);
  const others = stored.filter(({ id, content }) => !(id in values) && content !== null && content !== undefined);
  const ours = Object.entries(values).map(([id, content]) => ({ id, content }));
  await rest.patchOrder(id, 'custom_fields', { custom_fields: [...others, ...ours] });
}

export function orderIdOf({ orderId, invoiceId }: KeapIds): string {
  if (orderId === undefined) throw failure('NotFound', `the order of invoice ${invoiceId} is not known`);
  return orderId;
}

function orderBody(want: KeapWanted, lineProducts: LineProducts) {
  const { order, account, contactId } = want;
  const others = Object.entries(order.customFields ?? {}).map(([label, content]) => ({
    id: account.fields[label]?.id,
    content,
  }));
  return {
    contact_id: contactId,
    order_title: titleOf(order),
    order_time: utcTime(order.orderedAt),
    order_type: order.type.toUpperCase(),
    notes: order.notes,
    promo_codes: order.promoCodes,
    lead_affiliate_id: order.leadAffiliate,
    sales_affiliate_id: order.saleAffiliate,
    shipping_address: order.shippingAddress && shippingBody(order.shippingAddress),
    custom_fields: [{ id: account.referenceField.id, content: order.reference }, ...others],
    order_items: order.lines.map((line) => itemBody(want, line, lineProducts)),
  };
}

function shippingBody(to: NonNullable<KeapWanted['order']['shippingAddress']>) {
  return {
    first_name: to.givenName,
    last_name: to.familyName,
    company: to.company,
    phone: to.phone,
    line1: to.line1,
    line2: to.line2,
    locality: to.city,
    region: to.region,
    zip_code: to.postalCode,
    country_code: alpha3(to.country),
  };
}

function itemBody({ order, products }: KeapWanted, line: KeapLine, lineProducts: LineProducts) {
  const sku = skuOf(line, lineProducts);
  // A product without a name of its own on the line shows the catalogue's; all other kinds have none but ours.
  const ownName = line.sku !== undefined && line.name === undefined ? undefined : lineName(line);
  return {
    item_type: restType(line, lineProducts),
    product_id: sku === undefined ? undefined : products[sku],
    subscription_plan_id: line.plan,
    quantity: line.quantity,
    // Major units, unlike the answer.
    price_per_unit: Number(line.unitPrice),
    cost_per_unit: line.unitCost === undefined ? undefined : Number(line.unitCost),
    name: ownName,
    description: line.description,
    notes: lineNote(order, line),
  };
}

function orderAtKeap(order: RestOrder, want: KeapWanted): OrderAtKeap {
  return {
    orderId: order.id,
    invoiceId: order.invoice_id,
    title: order.title ?? '',
    contactId: order.contact.id,
    reference: contentOf(order, want.account.referenceField.id),
    lines: order.order_items.map(lineAtKeap),
    money: moneyAtKeap(order),
    unset: unsetOf(order, want),
  };
}

function unsetOf(order: RestOrder, { order: wanted, account }: KeapWanted): string[] {
  return Object.entries(wanted.customFields ?? {})
    .filter(([label, value]) => {
      const field = account.fields[label];
      return field === undefined || !sameContent(field.type, value, contentOf(order, field.id));
    })
    .map(([label]) => `customFields.${label}`);
}

function contentOf(order: RestOrder, fieldId: string): string | undefined {
  const content = order.custom_fields.find(({ id }) => id === fieldId)?.content;
  return content === undefined || content === null ? undefined : String(content);
}

function lineAtKeap(item: RestItem): LineAtKeap {
  const productId = item.product?.id;
  return {
    id: item.id,
    ...(productId === undefined || productId === null ? {} : { productId }),
    quantity: item.quantity,
    unitPrice: fromMinor(item.price_per_unit.amount, item.price_per_unit.currency_code),
    discount: item.item_type?.startsWith('DISCOUNT') ?? false,
    texts: [item.name, item.description, item.notes].filter((text) => typeof text === 'string'),
  };
}

export function moneyAtKeap(order: RestOrder): MoneyAtKeap {
  const amount = ({ amount, currency_code }: RestOrder['total']) => fromMinor(amount, currency_code);
  return {
    total: amount(order.total),
    paid: amount(order.total_paid),
    // `total_due` is what fell due, also when it is paid long since.
    owed: subtract(amount(order.total_due), amount(order.total_paid)),
    paidInFull: order.status === 'PAID',
    refunded: order.refund_total !== null && order.refund_total !== undefined && isPositive(amount(order.refund_total)),
    currency: order.total.currency_code,
  };
}
