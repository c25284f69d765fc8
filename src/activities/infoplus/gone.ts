import type { Sent, Undone } from '../../workflows/found.js';
import type { InfoplusMade, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { failure, failureType } from '../failure.js';
import type { InfoplusClient } from './client.js';
import { differences } from './compare.js';
import { families, orderAt, ordersUnder } from './family.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';
import { isDeletable, isEnd } from './status.js';

/** What is true of an order that was taken back. */
export const GONE = 'the order is gone';

/** A refusal may come from a moment in which the order was being worked on. */
const TRIES = 3;

/** The way back of an order: it is deleted as long as nobody has processed it. */
export function goneSteps({ open }: Open) {
  return {
    /**
     * Ours are the order that was made, its back orders, and every double of it; when the answer to its creation was
     * lost, all that stand under the reference, for nothing live was there before. What is left only people can cancel.
     */
    async deleteOrder(want: InfoplusWanted, made: InfoplusMade | null, sent: Sent): Promise<Undone> {
      if (made === null && sent === 'no') return { done: true, found: false, note: 'it was never created' };
      const infoplus = open(want.order);
      const ours = await oursOf(infoplus, want, made);
      const going = ours.filter(({ status }) => status !== 'Cancelled');
      if (going.length === 0) {
        // Cancelled ones may be older than a request that was lost, so for it they are nothing.
        if (made === null) return { done: true, found: false, note: 'nothing there' };
        return { done: true, found: true, ...(ours.length > 0 ? { note: 'cancelled at the warehouse' } : {}) };
      }
      const refusals: string[] = [];
      const deleted: string[] = [];
      for (const order of going.filter(({ status }) => isDeletable(status))) {
        const refusal = await deleteOne(infoplus, order.orderNo);
        if (refusal === undefined) deleted.push(order.orderNo);
        else refusals.push(refusal);
      }
      const left = (await oursOf(infoplus, want, made)).filter(({ status }) => status !== 'Cancelled');
      const shown = left.find(({ orderNo }) => deleted.includes(orderNo)) ?? (await firstShown(infoplus, deleted));
      if (shown !== undefined) {
        const { connection, reference } = want.order;
        const text = `order ${shown.orderNo} was deleted, and Infoplus still shows it`;
        throw failure('Unavailable', text, { platform: 'infoplus', connection, reference });
      }
      return left.length === 0 ? { done: true, found: true } : notGone(left, refusals);
    },
  };
}

/** The search may lag behind: what we know the number of is asked for by it. */
async function oursOf(
  infoplus: InfoplusClient,
  want: InfoplusWanted,
  made: InfoplusMade | null,
): Promise<OrderThere[]> {
  const all = await ordersUnder(infoplus, want);
  if (made === null) return all;
  const ours = [...families(all)].flatMap(([root, family]) => {
    const [order, ...backOrders] = family;
    const isDouble = order !== undefined && differences(want, order, backOrders).length === 0;
    return root === made.orderNo || isDouble ? family : [];
  });
  if (ours.some(({ orderNo }) => orderNo === made.orderNo)) return ours;
  const itself = await orderAt(infoplus, made.orderNo);
  return itself === undefined ? ours : [itself, ...ours];
}

/** @returns why not; undefined once it is deleted. That there is none is as good. */
async function deleteOne(infoplus: InfoplusClient, orderNo: string): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      await infoplus.deleteOrder(orderNo);
      return undefined;
    } catch (error) {
      const type = failureType(error);
      if (type === 'NotFound') return undefined;
      if (type !== 'Rejected') throw error;
      const now = await orderAt(infoplus, orderNo);
      if (now === undefined) return undefined;
      if (tries >= TRIES || !isDeletable(now.status)) return (error as Error).message;
    }
  }
}

async function firstShown(infoplus: InfoplusClient, orderNos: readonly string[]): Promise<OrderThere | undefined> {
  for (const orderNo of orderNos) {
    const shown = await orderAt(infoplus, orderNo);
    if (shown !== undefined && shown.status !== 'Cancelled') return shown;
  }
  return undefined;
}

const PROCESSED = 'Infoplus deletes no order that is processed; a person at the warehouse has to cancel it';
const SHIPPED = 'it has shipped already; have the carrier stop it, or have it returned';

function notGone(orders: readonly OrderThere[], refusals: readonly string[]): Undone {
  const isShipped = orders.every(({ status }) => isEnd(status));
  const why = isShipped ? SHIPPED : (refusals[0] ?? PROCESSED);
  const ids = { order: orders.map(({ orderNo, status }) => `${orderNo} (${status})`).join(', ') };
  return { done: false, left: { what: GONE, why, ids } };
}
