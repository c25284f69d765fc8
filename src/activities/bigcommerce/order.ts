import type {
  BigcommerceAt,
  BigcommerceContent,
  BigcommerceFound,
  BigcommerceLine,
  BigcommerceMade,
  BigcommerceOrder,
} from '../../workflows/bigcommerce/contract.js';
import type { Found } from '../../workflows/found.js';
import { failure, failureType } from '../failure.js';
import { given } from '../given.js';
import { sameReference } from '../references.js';
import { shortened } from '../shortened.js';
import { write } from '../write.js';
import { orderBody } from './body.js';
import type { BigcommerceClient } from './client.js';
import { differences, matched } from './compare.js';
import { detailsOf } from './details.js';
import { codesOf, type Open, peopleOf } from './open.js';
import { ID, type OrderThere, type ProductThere } from './shapes.js';
import { isDead, isUnpaid, status } from './status.js';

/** How far back the cross-check looks for an order that the search does not show yet: longer than any settle time. */
const CROSS_CHECK_MS = 15 * 60_000;
/** As many as a busy store gets within the lag of its search. */
const CROSS_CHECKED = 50;

/** The order itself: found by its reference, created, and read back. */
export function orderSteps({ open }: Open) {
  const opened = (order: BigcommerceOrder) => open(order, peopleOf(order), codesOf(order)).store;

  return {
    /**
     * Cancelled, declined and refunded orders are passed over: the reference may be used again. Of several that are just
     * the same, and that nobody has touched, the first is ours: a lost answer made the others, which are told as doubles.
     *
     * @param id an order's id that a person gave: only that one counts
     */
    async findOrder(order: BigcommerceOrder, id?: string): Promise<Found<BigcommerceFound>> {
      const store = opened(order);
      const content = contentOf(order);
      const all = id === undefined ? await under(store, order) : await byId(store, id.trim());
      const live = all.filter((each) => !isDead(each.status_id) && !each.is_deleted);
      const [first, ...more] = live;
      if (first === undefined) return { state: 'none', ...(await passedOver(store, content, all)) };
      const ids = live.map((each) => each.id);
      const differs = differences(content, first, await store.productsOf(first.id));
      if (more.length > 0) {
        for (const each of live) {
          const same = each === first ? differs.length === 0 : await isSame(store, content, each);
          if (same && isUntouched(each)) continue;
          return { state: 'several', why: `orders ${ids.join(' and ')} carry the reference`, ids };
        }
        return { state: 'same', it: { orderId: first.id } };
      }
      if (differs.length > 0) {
        return { state: 'other', why: `order ${first.id} differs in ${shortened(differs)}`, ids };
      }
      const ends = order.complete === true ? [status.completed] : [status.completed, status.shipped];
      const finished = (ends as number[]).includes(first.status_id);
      return { state: finished ? 'finished' : 'same', it: { orderId: first.id } };
    },

    async createOrder(order: BigcommerceOrder): Promise<BigcommerceFound> {
      return write('createOrder', async () => {
        const { id } = await opened(order).createOrder(orderBody({ ...order, order: contentOf(order) }));
        return { orderId: id };
      });
    },

    /** Custom fields of the addresses: taken by the calls that change an address, and shown by none that we rely on. */
    async setFormFields(order: BigcommerceOrder, { orderId }: BigcommerceAt): Promise<{ set: number }> {
      const store = opened(order);
      const { billing_address, shipping_addresses: [shipping] = [] } = contentOf(order);
      const billing = billing_address.form_fields ?? [];
      if (billing.length > 0) await store.updateOrder(orderId, { billing_address });
      const form_fields = shipping?.form_fields ?? [];
      const [address] = form_fields.length === 0 ? [] : await store.addressesOf(orderId);
      if (address !== undefined) await store.updateAddress(orderId, address.id, { form_fields });
      return { set: billing.length + form_fields.length };
    },

    /** Maps the wanted lines to those that are there. What was created just now may not be shown whole yet. */
    async readBack(order: BigcommerceOrder, at: BigcommerceAt): Promise<BigcommerceMade> {
      const store = opened(order);
      const details = detailsOf(at);
      const there = await soon(store.getOrder(at.orderId), details);
      const products = await store.productsOf(at.orderId);
      const [address] = await store.addressesOf(at.orderId);
      const lines = order.order === undefined ? products.map(lineOf) : mapped(order.order, products, details);
      return {
        currency: there.default_currency_code || there.currency_code,
        total: there.total_inc_tax,
        ...(address === undefined ? {} : { addressId: address.id }),
        lines,
      };
    },

    /** The lines as they are now. */
    async readLines(at: BigcommerceAt, lines: readonly BigcommerceLine[]): Promise<readonly BigcommerceLine[]> {
      const products = await open(at).store.productsOf(at.orderId);
      return lines.map((line) => {
        const there = products.find(({ id }) => id === line.orderProductId);
        return there === undefined ? { ...line, quantity: 0 } : { ...lineOf(there), ref: line.ref };
      });
    },
  };
}

function contentOf({ order, reference }: BigcommerceOrder): BigcommerceContent {
  if (order === undefined) throw failure('Rejected', 'an order that is there is not created', { reference });
  return order;
}

/** By the reference, compared again. The search may lag: then the newest orders are looked through. */
async function under(store: BigcommerceClient, { reference, order }: BigcommerceOrder): Promise<OrderThere[]> {
  const ours = (all: readonly OrderThere[]) => all.filter((each) => sameReference(each.external_order_id, reference));
  const found = ours(await store.ordersUnder(reference));
  if (found.length > 0) return found;
  const since = new Date(Date.now() - CROSS_CHECK_MS).toISOString();
  const { email } = order?.billing_address ?? {};
  const newest = await store.listOrders({ min_date_created: since, sort: 'id:desc', limit: CROSS_CHECKED, email });
  return ours(newest).sort((one, other) => Number(one.id) - Number(other.id));
}

async function byId(store: BigcommerceClient, id: string): Promise<OrderThere[]> {
  if (!ID.test(id)) return [];
  try {
    return [await store.getOrder(id)];
  } catch (error) {
    if (failureType(error) === 'NotFound') return [];
    throw error;
  }
}

/** All are dead; those with our content may have been made by us. */
async function passedOver(store: BigcommerceClient, content: BigcommerceContent, dead: readonly OrderThere[]) {
  const alike: { readonly id: string; readonly it: BigcommerceFound }[] = [];
  for (const each of dead) {
    if (await isSame(store, content, each)) alike.push({ id: each.id, it: { orderId: each.id } });
  }
  return alike.length === 0 ? {} : { passedOver: alike };
}

async function isSame(store: BigcommerceClient, content: BigcommerceContent, order: OrderThere): Promise<boolean> {
  return differences(content, order, await store.productsOf(order.id)).length === 0;
}

/** As it was created: nobody has paid or shipped anything of it. */
export const isUntouched = ({ status_id, payment_status, items_shipped }: OrderThere): boolean =>
  isUnpaid(status_id) && payment_status === '' && items_shipped === 0;

const lineOf = (there: ProductThere): BigcommerceLine => ({
  ref: there.id,
  orderProductId: there.id,
  productId: there.product_id,
  variantId: there.variant_id,
  ...given({ sku: there.sku }),
  type: there.type === '' ? 'physical' : there.type,
  quantity: there.quantity,
  shipped: there.quantity_shipped,
  refunded: there.quantity_refunded,
});

function mapped(content: BigcommerceContent, products: readonly ProductThere[], details: object): BigcommerceLine[] {
  const found = matched(content.products, products);
  return content.products.map((product, index) => {
    const there = found[index];
    if (there !== undefined) return { ...lineOf(there), ref: product.ref };
    const type = products.length < content.products.length ? 'Unavailable' : 'Conflict';
    throw failure(type, `the order does not show line ${product.ref} (order.products[${index}])`, details);
  });
}

/** Right after our own write, "not found" is a lag. */
async function soon<T>(read: Promise<T>, details: object): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (failureType(error) !== 'NotFound') throw error;
    throw failure('Unavailable', 'the order is not shown yet', details);
  }
}
