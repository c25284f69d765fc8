import type { KeapSubscriptionSeen } from '../../workflows/keap/subscription/contract.js';
import { callerFor } from '../call.js';
import { Kept } from '../kept.js';
import type { Changes, News, Served } from '../platform.js';
import { authOf } from './auth.js';
import { keapDialect } from './errors.js';
import { unlessNotFound } from './not-found.js';
import { KEPT_MS } from './preflight.js';
import { RestClient } from './rest/client.js';
import { moneyAtKeap } from './rest/orders.js';
import type { RestOrder } from './rest/shapes.js';
import { subscriptionAtKeap } from './rest/subscriptions.js';
import { Transactions } from './rest/transactions.js';
import { settingsOf } from './settings.js';
import { isSettled } from './subscription/bills.js';
import { seenOf } from './subscription/standing.js';

/** `invoice.payment.add:8120`, as the webhook gives it. */
const HINT = /^(subscription|order|invoice|invoice\.payment)\.[a-z_]+:(\d{1,19})$/;

/**
 * What a hint is about is read by REST, whatever the connection's transport: hooks are a part of REST. Most are about
 * orders that no subscription was billed by, and end after one read.
 */
export function changesOf(served: Served): Changes {
  const { subscriptionReferenceField, timeZone } = settingsOf(served.connection);
  const call = callerFor(served, {
    dialect: keapDialect,
    auth: authOf(served),
    reference: undefined,
    personal: undefined,
  });
  const rest = new RestClient(served, call);
  const transactions = new Transactions(served, call);
  const kept = new Kept<string>(KEPT_MS);

  const referenceField = () =>
    kept.get('field', async () => {
      const { custom_fields } = await rest.subscriptionModel();
      const label = subscriptionReferenceField.toLowerCase();
      return custom_fields.find((field) => field.label.trim().toLowerCase() === label)?.id ?? '';
    });

  async function ordersOf(kind: string, id: string): Promise<RestOrder[]> {
    const ids =
      kind === 'order'
        ? [id]
        : kind === 'invoice'
          ? (await rest.listOrders(`invoice_id==${id}`)).map((order) => order.id)
          : await transactions.ordersOf(id);
    const orders = await Promise.all(ids.map((each) => unlessNotFound(rest.getOrder(each))));
    return orders.filter((order) => order !== undefined);
  }

  async function newsOf(subscriptionId: string, bill?: KeapSubscriptionSeen['bill']): Promise<News[]> {
    const there = await unlessNotFound(rest.getSubscription(subscriptionId));
    const { reference, ...at } = there === undefined ? {} : subscriptionAtKeap(there, await referenceField());
    if (reference === undefined || !('subscriptionId' in at)) return [];
    const seen = seenOf(at, timeZone);
    return [{ story: 'keapSubscription', reference, state: { ...seen, ...(bill && { bill }) } }];
  }

  return {
    async look(hint): Promise<readonly News[]> {
      const [, kind, id] = HINT.exec(hint.trim()) ?? [];
      if (kind === undefined || id === undefined) return [];
      if (kind === 'subscription') return newsOf(id);
      const news = (await ordersOf(kind, id)).map(async (order) => {
        const billed = order.order_items.find(({ subscription_id: of }) => of != null)?.subscription_id;
        const bill = { orderId: order.id, settled: isSettled(moneyAtKeap(order)) };
        return billed == null ? [] : newsOf(billed, bill);
      });
      return (await Promise.all(news)).flat();
    },

    // There are no rounds, which alone would ask.
    hintOf: (reference) => reference,
  };
}
