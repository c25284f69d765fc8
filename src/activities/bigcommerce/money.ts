import type { BigcommerceAt, BigcommerceMoney } from '../../workflows/bigcommerce/contract.js';
import { fromUnits, inCents, sumOf, units } from '../../workflows/bigcommerce/decimal.js';
import type { Found } from '../../workflows/found.js';
import { failure, failureType } from '../failure.js';
import { write } from '../write.js';
import { detailsOf } from './details.js';
import type { MoneyClient } from './money-client.js';
import type { Open, Opened } from './open.js';
import type { OrderThere, RefundThere, TransactionThere } from './shapes.js';

/** Something that was begun and goes on at the gateway. */
export interface Begun {
  readonly paymentStatus: string;
}

/** Capture and void: begun once, and settled at the gateway some time later. The whole amount each time. */
export function moneySteps({ open }: Open) {
  return {
    async readMoney(at: BigcommerceAt): Promise<BigcommerceMoney> {
      const { store, money } = open(at);
      const order = await store.getOrder(at.orderId);
      return moneyOf(order, await transactionsOf(money, at), await money.refundsOf(at.orderId));
    },

    async findCapture(at: BigcommerceAt): Promise<Found<Begun>> {
      return begun(open(at), at, ['capture pending', 'captured', 'paid', 'partially refunded', 'refunded'], 'captured');
    },

    async startCapture(at: BigcommerceAt): Promise<Begun> {
      return write('startCapture', async () => {
        const { store, money } = open(at, []);
        await expectAuthorized(await store.getOrder(at.orderId), at, 'capture');
        await money.capture(at.orderId);
        return { paymentStatus: 'capture pending' };
      });
    },

    async findVoid(at: BigcommerceAt): Promise<Found<Begun>> {
      return begun(open(at), at, ['void pending', 'void'], 'voided');
    },

    async startVoid(at: BigcommerceAt): Promise<Begun> {
      return write('startVoid', async () => {
        const { store, money } = open(at, []);
        await expectAuthorized(await store.getOrder(at.orderId), at, 'void');
        await money.void(at.orderId);
        return { paymentStatus: 'void pending' };
      });
    },
  };
}

/** Whether the payment has moved that way already. While it is authorized, nothing was begun. */
async function begun(
  { store }: Opened,
  { orderId }: BigcommerceAt,
  moved: readonly string[],
  word: string,
): Promise<Found<Begun>> {
  const { payment_status: is } = await store.getOrder(orderId);
  if (is === 'authorized') return { state: 'none' };
  if (moved.includes(is)) return { state: 'same', it: { paymentStatus: is } };
  const why = `the payment of order ${orderId} is ${is === '' ? 'not known' : is}; it cannot be ${word}`;
  return { state: 'dead', why, ids: [orderId] };
}

/** It may have moved since it was looked at: then a look again tells, and nothing is sent. */
async function expectAuthorized(order: OrderThere, at: BigcommerceAt, what: string): Promise<void> {
  if (order.payment_status === 'authorized') return;
  throw failure(
    'OutcomeUnknown',
    `the payment of order ${order.id} had moved before the ${what} was sent`,
    detailsOf(at),
  );
}

/** None are shown of an order that was paid outside; while the payment backend is away the order's own word counts. */
export async function transactionsOf(money: MoneyClient, { orderId }: BigcommerceAt): Promise<TransactionThere[]> {
  try {
    return await money.transactionsOf(orderId);
  } catch (error) {
    if (failureType(error) === 'NotFound') return [];
    throw error;
  }
}

/** In these the money is with the merchant, or was. */
const TAKEN = ['captured', 'paid', 'partially refunded', 'refunded'];

/** Transactions say how much was taken; where there are none, the whole order was. */
export function moneyOf(
  order: OrderThere,
  transactions: readonly TransactionThere[],
  refunds: readonly RefundThere[],
): BigcommerceMoney {
  const bought = transactions.filter(({ status, event }) => status === 'ok' && TAKES.includes(event));
  const sum = sumOf(bought.map(({ amount }) => amount));
  const taken = sum === 0n && TAKEN.includes(order.payment_status) ? inCents(units(order.total_inc_tax)) : sum;
  return {
    paymentStatus: order.payment_status,
    currency: order.default_currency_code || order.currency_code,
    taken: fromUnits(taken),
    refunded: fromUnits(refundedIn(refunds)),
    itemsShipped: order.items_shipped,
  };
}

const TAKES = ['capture', 'purchase'];

/** What was given back, or is on its way there. */
export const refundedIn = (refunds: readonly RefundThere[]): bigint =>
  sumOf(refunds.flatMap(({ payments }) => payments.filter((each) => !each.is_declined).map(({ amount }) => amount)));
