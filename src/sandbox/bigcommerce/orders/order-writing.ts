import { amountOf, flagOf, integerOf, objectsOf, pairOf, textOf } from '../fields.js';
import { isMembers, type Members } from '../members.js';
import { exact, type TaxPair } from '../money.js';
import { bookOutside } from '../payments/outside.js';
import { invalid, missing, unsupported } from '../refusals.js';
import type { Store } from '../store.js';
import { rfc2822Only } from '../times.js';
import { type Address, addressChanges, wholeAddress } from './address.js';
import { feesIn } from './fees.js';
import { changeLine, newLine } from './line-input.js';
import { type Actor, type Cost, currentState, type Order, type OrderState } from './order.js';
import type { NewOrder } from './order-book.js';
import { emptyTexts, expectCurrency, expectFields, textsIn } from './order-fields.js';
import { expectQuantities } from './quantities.js';
import { knownStatus, statusIds } from './statuses.js';
import { discountsOf, recalculate } from './totals.js';

/** What an order that names no method is shipped by. */
const noMethod = 'None';
const noCost: Cost = { base: 0, exTax: 0, incTax: 0 };

/** Makes an order of a body that holds one. */
export function createOrder(store: Store, members: Members): Order {
  expectFields(members, true);
  if (!isMembers(members.billing_address)) throw missing('billing_address');
  const billing = wholeAddress(members.billing_address, 'billing_address');
  const products = objectsOf(members, 'products') ?? [];
  // Orders to be picked up are not imitated.
  if (members.consignments !== undefined) throw unsupported('consignments');
  if (products.length === 0) throw missing('products');
  expectCurrency(members, store.currency);
  const now = store.clock.now();
  const addresses = shippingAddresses(store, members, billing);
  const [first] = addresses;
  const draft: NewOrder = {
    ...{ statusId: statusIds.pending, paymentStatus: '', customerId: 0, channelId: 1 },
    ...{ createdAt: createdAt(members) ?? now, shippedAt: null, archivedAt: null },
    ...{ orderSource: 'external', cartId: null, isDigital: false },
    texts: { ...emptyTexts },
    ...{ billingAddress: billing, addresses },
    // No line says which address it goes to: all go to the first.
    lines: products.map((product) => newLine(store, product, first?.id ?? 0)),
    fees: feesIn(members, [], store.ids) ?? [],
    ...{ shipping: noCost, handling: noCost, wrapping: noCost, discount: 0 },
    ...{ subtotal: { exTax: 0, incTax: 0 }, total: { exTax: 0, incTax: 0 } },
  };
  const state: OrderState = { ...draft, modifiedAt: now, holdsStock: false, paidOutside: false, history: [] };
  expectQuantities(store, state.lines);
  applyScalars(store, state, members);
  recalculate(state);
  applyOverrides(state, members);
  const order = store.orders.add(state, 'api');
  bookOutside(store, order);
  return order;
}

/** Changes what the body names, as a patch would. */
export function updateOrder(store: Store, order: Order, members: Members, by: Actor): void {
  expectFields(members, false);
  const archive = flagOf(members, 'is_deleted');
  store.orders.change(order, by, (draft) => {
    applyScalars(store, draft, members);
    const { billing_address: billing } = members;
    if (billing !== undefined) {
      if (!isMembers(billing)) throw invalid('billing_address');
      Object.assign(draft.billingAddress, addressChanges(billing, 'billing_address'));
    }
    changeAddresses(draft, members);
    changeLines(store, draft, members);
    const fees = feesIn(members, draft.fees, store.ids);
    if (fees !== undefined) draft.fees = fees;
    if (recalculates.some((name) => members[name] !== undefined)) recalculate(draft);
    applyOverrides(draft, members);
  });
  if (archive === true && currentState(order).archivedAt === null) store.orders.archive(order);
  bookOutside(store, order);
}

/** After these the totals are computed anew. */
const recalculates = [
  ...['products', 'billing_address', 'shipping_addresses', 'fees', 'discount_amount'],
  ...['shipping', 'handling', 'wrapping'].flatMap((stem) => [
    `base_${stem}_cost`,
    `${stem}_cost_ex_tax`,
    `${stem}_cost_inc_tax`,
  ]),
];

function applyScalars(store: Store, draft: OrderState, members: Members): void {
  const statusId = integerOf(members, 'status_id');
  if (statusId !== undefined) draft.statusId = knownStatus(statusId)?.id ?? refuse('status_id');
  const customerId = integerOf(members, 'customer_id');
  if (customerId !== undefined) {
    if (customerId !== 0 && store.customers.byId(customerId) === undefined) throw invalid('customer_id');
    draft.customerId = customerId;
  }
  const channelId = integerOf(members, 'channel_id');
  if (channelId !== undefined) draft.channelId = store.channels.connected(channelId)?.id ?? refuse('channel_id');
  draft.isDigital = flagOf(members, 'order_is_digital') ?? draft.isDigital;
  draft.discount = amountOf(members, 'discount_amount') ?? draft.discount;
  draft.createdAt = createdAt(members) ?? draft.createdAt;
  Object.assign(draft.texts, textsIn(members));
  for (const name of ['shipping', 'handling', 'wrapping'] as const) {
    draft[name] = costIn(members, name) ?? draft[name];
  }
}

/** What is asked for without tax is what it costs, unless the pair says more. */
function costIn(members: Members, name: 'shipping' | 'handling' | 'wrapping'): Cost | undefined {
  const base = amountOf(members, `base_${name}_cost`);
  const pair = pairOf(members, `${name}_cost`);
  if (base === undefined && pair === undefined) return undefined;
  const { exTax, incTax } = pair ?? { exTax: base ?? 0, incTax: base ?? 0 };
  return { base: base ?? exTax, exTax, incTax };
}

/** What is said of one pair leaves the other as it was computed. */
function applyOverrides(draft: OrderState, members: Members): void {
  const subtotal: TaxPair | undefined = pairOf(members, 'subtotal');
  const total: TaxPair | undefined = pairOf(members, 'total');
  if (subtotal !== undefined) draft.subtotal = subtotal;
  if (total !== undefined) draft.total = total;
}

function createdAt(members: Members): number | undefined {
  const text = textOf(members, 'date_created');
  return text === undefined ? undefined : (rfc2822Only(text) ?? refuse('date_created'));
}

function shippingAddresses({ ids }: Store, members: Members, billing: Address): OrderState['addresses'] {
  const given = objectsOf(members, 'shipping_addresses') ?? [];
  if (given.length === 0) {
    return [{ id: ids.next('orderAddress'), address: structuredClone(billing), shippingMethod: noMethod }];
  }
  return given.map((each) => ({
    id: ids.next('orderAddress'),
    address: wholeAddress(each, 'shipping_addresses', ['shipping_method']),
    shippingMethod: textOf(each, 'shipping_method', 255) ?? noMethod,
  }));
}

function changeAddresses(draft: OrderState, members: Members): void {
  for (const each of objectsOf(members, 'shipping_addresses') ?? []) {
    const id = integerOf(each, 'id') ?? refuse('shipping_addresses.id');
    const address = draft.addresses.find((known) => known.id === id) ?? refuse('shipping_addresses.id');
    Object.assign(address.address, addressChanges(each, 'shipping_addresses', ['id', 'shipping_method']));
    address.shippingMethod = textOf(each, 'shipping_method', 255) ?? address.shippingMethod;
  }
}

/** With an id the line is changed; without one there is one more of them, however often it is sent. */
function changeLines(store: Store, draft: OrderState, members: Members): void {
  const products = objectsOf(members, 'products');
  if (products === undefined) return;
  const discounts = discountsOf(draft);
  for (const each of products) {
    const id = integerOf(each, 'id', 'products.');
    if (id === undefined) {
      draft.lines.push(newLine(store, each, draft.addresses[0]?.id ?? 0));
      continue;
    }
    changeLine(draft.lines.find((line) => line.id === id) ?? refuse('products.id'), each);
    // A line that is changed loses its part of the discount; the others keep theirs.
    if (members.discount_amount === undefined) draft.discount = exact(draft.discount - (discounts.get(id) ?? 0));
  }
  expectQuantities(store, draft.lines);
}

function refuse(field: string): never {
  throw invalid(field);
}
