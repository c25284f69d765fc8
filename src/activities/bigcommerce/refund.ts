import type {
  BigcommerceAt,
  BigcommerceLine,
  BigcommerceRefund,
  BigcommerceRefunded,
  BigcommerceRefundItem,
} from '../../workflows/bigcommerce/contract.js';
import { fromUnits, sumOf, units } from '../../workflows/bigcommerce/decimal.js';
import type { Found } from '../../workflows/found.js';
import { failureType } from '../failure.js';
import { redact } from '../redact.js';
import { write } from '../write.js';
import { moneyOf, transactionsOf } from './money.js';
import type { MoneyClient } from './money-client.js';
import type { Open, Opened } from './open.js';
import type { RefundQuoteThere, RefundThere, TransactionThere } from './shapes.js';

/** What is refunded: all that is left of the payment, or what does not ship. */
export type RefundOf = 'all' | 'unshipped';

/**
 * A refund that can be made, or one that was begun before, or why none can, for a person; `nothing`: no money is left to
 * be given back.
 */
export type PlannedRefund =
  | { readonly refund: BigcommerceRefund }
  | { readonly begun: BigcommerceRefunded }
  | { readonly nothing: true }
  | { readonly refused: string; readonly amount: string };

/** Refunds: by quote, with exactly one of its methods. Accepted is not done, so each is watched. */
export function refundSteps({ open }: Open) {
  const create = (at: BigcommerceAt, refund: BigcommerceRefund) =>
    write('createRefund', async () => {
      const there = await open(at, []).money.refund(at.orderId, {
        items: refund.items.map((item) => itemBody(item, refund.mark)),
        payments: refund.payments.map(({ providerId, amount }) => ({
          provider_id: providerId,
          amount: Number(amount),
          offline: false,
        })),
      });
      return refundedOf(there, [], '');
    });

  return {
    /** Asks what a refund would come to. Nothing shipped: to the cent what was paid and not given back yet. */
    async planRefund(at: BigcommerceAt, of: RefundOf, lines: readonly BigcommerceLine[]): Promise<PlannedRefund> {
      const { store, money } = open(at, []);
      const order = await store.getOrder(at.orderId);
      const refunds = await money.refundsOf(at.orderId);
      const transactions = await transactionsOf(money, at);
      const mark = markOf(at, of);
      const begun = refunds.filter((each) => isMarked(each, mark)).map((each) => refundedOf(each, transactions, ''));
      const pending = begun.find(({ state }) => state === 'pending');
      if (pending !== undefined) return { begun: pending };
      const standing = moneyOf(order, transactions, refunds);
      const left = units(standing.taken) - units(standing.refunded);
      if (left <= 0n) return { nothing: true };
      const items = await itemsOf(of, lines, at, { store, money }, refunds);
      if (items.length === 0) return { nothing: true };
      const planned = await quoted(money, at, items, mark, of === 'all' ? left : undefined);
      // Taxes, rounding or an override may come to something else: the whole amount is what counts then.
      if (of === 'all' && 'differs' in planned) {
        const whole: BigcommerceRefundItem = { type: 'ORDER', id: at.orderId, amount: fromUnits(left) };
        const again = await quoted(money, at, [whole], mark, left);
        return 'differs' in again ? { refused: again.differs, amount: fromUnits(left) } : again;
      }
      if ('differs' in planned) return { refused: planned.differs, amount: fromUnits(left) };
      if ('nothing' in planned) return planned;
      if ('refund' in planned && units(planned.refund.amount) > left) {
        const why = `its quote comes to ${planned.refund.amount}, and only ${fromUnits(left)} is left of what was paid`;
        return { refused: why, amount: fromUnits(left) };
      }
      return planned;
    },

    /** By its mark. @param id a refund's id that a person gave: only that one counts */
    async findRefund(at: BigcommerceAt, { mark }: BigcommerceRefund, id?: string): Promise<Found<BigcommerceRefunded>> {
      const { money } = open(at);
      const all = await money.refundsOf(at.orderId);
      const ours = all.filter((each) => (id === undefined ? isMarked(each, mark) : each.id === id.trim()));
      const transactions = await transactionsOf(money, at);
      const paymentStatus = '';
      const live = ours.map((each) => refundedOf(each, transactions, paymentStatus)).filter(isLive);
      const [first, ...more] = live;
      if (first === undefined) return { state: 'none' };
      if (more.length === 0) return { state: 'same', it: first };
      const ids = live.map(({ refundId }) => refundId);
      return { state: 'several', why: `refunds ${ids.join(' and ')} of order ${at.orderId} carry our mark`, ids };
    },

    /** All that is left: more than that is refused, so a second one is none. */
    refundAll: create,

    /** A part: the platform would take it again. */
    refundUnshipped: create,

    /** How a refund stands at the gateway. */
    async readRefund(at: BigcommerceAt, refundId: string): Promise<BigcommerceRefunded> {
      const { store, money } = open(at);
      const all = await money.refundsOf(at.orderId);
      const there = all.find(({ id }) => id === refundId);
      if (there === undefined) return { refundId, amount: '0.00', state: 'pending' };
      const { payment_status } = await store.getOrder(at.orderId);
      return refundedOf(there, await transactionsOf(money, at), payment_status);
    },
  };
}

const isLive = ({ state }: BigcommerceRefunded): boolean => state !== 'declined';

/** Where a refund is found by later: reasons are kept for each item. */
const markOf = ({ reference }: BigcommerceAt, of: RefundOf): string => `Waybill ${reference} ${of}`;

const isMarked = ({ items }: RefundThere, mark: string): boolean => items.some(({ reason }) => reason.trim() === mark);

/** What is to be refunded: goods, and what they were wrapped in. Shipping and handling are kept when something has shipped. */
async function itemsOf(
  of: RefundOf,
  lines: readonly BigcommerceLine[],
  at: BigcommerceAt,
  { store, money }: Pick<Opened, 'store' | 'money'>,
  refunds: readonly RefundThere[],
): Promise<BigcommerceRefundItem[]> {
  const there = await store.productsOf(at.orderId);
  const unshipped = of === 'unshipped';
  const products = lines.flatMap(({ orderProductId, type }): BigcommerceRefundItem[] => {
    const line = there.find(({ id }) => id === orderProductId);
    if (line === undefined || (unshipped && type !== 'physical')) return [];
    const quantity = line.quantity - line.quantity_refunded - (unshipped ? line.quantity_shipped : 0);
    if (quantity <= 0) return [];
    const wrapped = units(line.wrapping_cost_inc_tax) > 0n;
    return [
      { type: 'PRODUCT', id: orderProductId, quantity },
      ...(wrapped ? [{ type: 'GIFT_WRAPPING' as const, id: orderProductId, quantity }] : []),
    ];
  });
  // Once something was given back, which costs were among it is not told: the whole amount is refunded in one.
  if (unshipped || refundsCosts(refunds)) return products;
  const addresses = await store.addressesOf(at.orderId);
  const fees = await money.feesOf(at.orderId);
  return [
    ...products,
    ...addresses.flatMap(({ id, cost_inc_tax, handling_cost_inc_tax }) => [
      ...costItem('SHIPPING', id, cost_inc_tax),
      ...costItem('HANDLING', id, handling_cost_inc_tax),
    ]),
    ...fees.flatMap(({ id, cost_inc_tax }) => costItem('FEE', id, cost_inc_tax)),
  ];
}

const refundsCosts = (refunds: readonly RefundThere[]): boolean =>
  refunds.some(({ items }) => items.some(({ item_type }) => !['PRODUCT', 'GIFT_WRAPPING'].includes(item_type)));

const costItem = (type: BigcommerceRefundItem['type'], id: string, amount: string): BigcommerceRefundItem[] =>
  units(amount) > 0n ? [{ type, id, amount }] : [];

function itemBody({ type, id, quantity, amount }: BigcommerceRefundItem, reason: string) {
  return {
    item_type: type,
    item_id: Number(id),
    reason,
    ...(quantity === undefined ? {} : { quantity }),
    ...(amount === undefined ? {} : { amount: Number(amount) }),
  };
}

/**
 * @param exactly what it must come to, to the cent
 * @returns `differs`: it cannot be refunded so, and why
 */
async function quoted(
  money: MoneyClient,
  at: BigcommerceAt,
  items: readonly BigcommerceRefundItem[],
  mark: string,
  exactly: bigint | undefined,
): Promise<{ readonly refund: BigcommerceRefund } | { readonly nothing: true } | { readonly differs: string }> {
  let quote: RefundQuoteThere;
  try {
    quote = await money.quoteRefund(at.orderId, { items: items.map((item) => itemBody(item, mark)) });
  } catch (error) {
    if (failureType(error) !== 'Rejected') throw error;
    return { differs: (error as Error).message };
  }
  const total = units(quote.total_refund_amount);
  if (exactly !== undefined && total !== exactly) {
    return { differs: `a refund comes to ${fromUnits(total)}, not to ${fromUnits(exactly)}` };
  }
  // What was free gives nothing back.
  if (total === 0n) return { nothing: true };
  const payments = methodOf(quote, total);
  if (payments === undefined) {
    return {
      differs: 'no method gives the money back by itself: refund it at the gateway, then record it in BigCommerce',
    };
  }
  return { refund: { mark, items, payments, amount: fromUnits(total) } };
}

/** A guest has no store credit, and who paid by card wants none. */
const STORE_CREDIT = 'storecredit';

/** One of the methods, whole: its payments belong together. An offline one moves no money. */
function methodOf({ refund_methods }: RefundQuoteThere, total: bigint): BigcommerceRefund['payments'] | undefined {
  const real = refund_methods.filter(
    (method) =>
      method.length > 0 &&
      method.every(({ offline }) => !offline) &&
      sumOf(method.map(({ amount }) => amount)) === total,
  );
  const method = real.find((each) => each.every(({ provider_id }) => provider_id !== STORE_CREDIT)) ?? real[0];
  return method?.map(({ provider_id, amount }) => ({ providerId: provider_id, amount: fromUnits(units(amount)) }));
}

/** Done when the gateway's transaction says so, or the payment as a whole. */
function refundedOf(
  { id, payments, total_amount }: RefundThere,
  transactions: readonly TransactionThere[],
  paymentStatus: string,
): BigcommerceRefunded {
  const declined = payments.find(({ is_declined }) => is_declined);
  const amount = payments.length > 0 ? sumOf(payments.map((each) => each.amount)) : units(total_amount);
  const base = { refundId: id, amount: fromUnits(amount) };
  if (declined !== undefined) {
    return { ...base, state: 'declined', reason: redact(declined.declined_message, [], []) };
  }
  const ids = payments.map(({ transaction_id }) => transaction_id).filter((each) => each !== '');
  const ours = transactions.filter((each) => each.event === 'refund' && ids.includes(each.id));
  if (ours.some(({ status }) => status === 'error'))
    return { ...base, state: 'declined', reason: 'the gateway failed' };
  const isDone =
    payments.every(({ offline }) => offline) ||
    (ours.length > 0 && ours.every(({ status }) => status === 'ok')) ||
    ['refunded', 'partially refunded'].includes(paymentStatus);
  return { ...base, state: isDone ? 'done' : 'pending' };
}
