import { z } from 'zod';
import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { fieldTypeFromXmlRpc } from './custom-fields.js';
import { type HookControls, hookControls } from './hook-controls.js';
import { toMicros } from './money.js';
import { owedOf } from './order-totals.js';
import type { Order } from './orders.js';
import { keapSeed } from './seed.js';
import { type SubscriptionControls, subscriptionControls } from './subscription-controls.js';
import type { Tenant } from './tenant.js';

const id = z.int().min(1);
const limits = z.strictObject({ perSecond: id, perMinute: id, perDay: id });
const milliseconds = z.number().min(0);

/** The input of each control. Money in major units. */
const controlSchemas = {
  /** How the next charge of any card ends. */
  nextCharge: z.strictObject({ outcome: z.enum(['decline', 'gateway-error', 'pending']) }),
  seedContact: z.strictObject({
    email: z.string(),
    givenName: z.string().default(''),
    familyName: z.string().default(''),
  }),
  seedCard: z.strictObject({ contactId: id, last4: z.string().regex(/^\d{4}$/), declines: z.boolean().default(false) }),
  seedProduct: z.strictObject({
    sku: z.string(),
    name: z.string(),
    price: z.number(),
    active: z.boolean().default(true),
  }),
  /** `dataType` in the words of XML-RPC: Text, Date, Select, … */
  seedOrderField: z.strictObject({ label: z.string(), dataType: z.string(), options: z.array(z.string()).default([]) }),
  expireAccessTokens: z.strictObject({}),
  /** Removes the order whatever it carries, as a person may in the app. */
  deleteOrder: z.strictObject({ orderId: id }),
  /** Gives back the money of one payment, of all when none is named. */
  refundOrder: z.strictObject({ orderId: id, paymentId: id.optional() }),
  renameOrder: z.strictObject({ orderId: id, title: z.string().min(1) }),
  /** Records money that a person took; all that is owed unless told. */
  payByHand: z.strictObject({
    orderId: id,
    amount: z.number().positive().optional(),
    type: z.enum(keapSeed.manualPaymentTypes).default('Cash'),
  }),
  /** What a card's bank says from now on, and whether Keap takes it for valid. */
  setCard: z.strictObject({ cardId: id, declines: z.boolean().optional(), valid: z.boolean().optional() }),
  /** Ends the pending charges of an order. */
  settleCharges: z.strictObject({ orderId: id, approved: z.boolean() }),
  settings: z.strictObject({
    searchLagMs: milliseconds.optional(),
    xmlrpcSearchLagMs: milliseconds.optional(),
    latencyMs: milliseconds.optional(),
    throttle: z.union([z.literal('off'), z.strictObject({ key: limits, oauth: limits })]).optional(),
    duplicateSubscription: z.enum(['existing', 'refused']).optional(),
    invoicePerCycle: z.boolean().optional(),
    billing: z.enum(['on', 'off']).optional(),
    billingChargeMs: milliseconds.optional(),
    chargeAfterStop: z.boolean().optional(),
  }),
} as const;

type Inputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };

/** What a person could do in Keap's app, and the sandbox's own settings. */
export interface KeapControls extends SubscriptionControls, HookControls {
  nextCharge(input: Inputs['nextCharge']): void;
  /** Gives the new id. */
  seedContact(input: Inputs['seedContact']): number;
  seedCard(input: Inputs['seedCard']): number;
  seedProduct(input: Inputs['seedProduct']): number;
  seedOrderField(input: Inputs['seedOrderField']): number;
  expireAccessTokens(input?: Inputs['expireAccessTokens']): void;
  deleteOrder(input: Inputs['deleteOrder']): void;
  refundOrder(input: Inputs['refundOrder']): void;
  renameOrder(input: Inputs['renameOrder']): void;
  payByHand(input: Inputs['payByHand']): void;
  setCard(input: Inputs['setCard']): void;
  settleCharges(input: Inputs['settleCharges']): void;
  settings(input: Inputs['settings']): void;
}

/** The controls of the tenant that `current` gives at the time of each call: a reset puts another in its place. */
export function keapControls(current: () => Tenant): Record<keyof KeapControls, Control> {
  const now = () => current().clock.now();
  const seededAt = () => now() - current().settings.searchLagMs;
  const s = controlSchemas;
  return {
    ...subscriptionControls(current),
    ...hookControls(current),
    nextCharge: control(s.nextCharge, ({ outcome }) => current().wallet.setNextOutcome(outcome)),
    seedContact: control(s.seedContact, ({ email, givenName, familyName }) => {
      const fields = new Map([
        ['Email', email],
        ['FirstName', givenName],
        ['LastName', familyName],
      ]);
      return current().contacts.add(fields, seededAt()).id;
    }),
    seedCard: control(s.seedCard, (card) => current().wallet.add(card, seededAt()).id),
    seedProduct: control(
      s.seedProduct,
      (product) => current().catalog.add({ ...product, price: toMicros(product.price) }, seededAt()).id,
    ),
    seedOrderField: control(s.seedOrderField, ({ label, dataType, options }) => {
      const type = fieldTypeFromXmlRpc(dataType);
      if (type === undefined) throw new Error(`Keap has no field type "${dataType}".`);
      return current().fields.add({ form: 'ORDER', label, type, options }).id;
    }),
    expireAccessTokens: control(s.expireAccessTokens, () => current().accounts.expireAccessTokens(now())),
    deleteOrder: control(s.deleteOrder, ({ orderId }) => current().orders.delete(orderOf(current(), orderId), now())),
    refundOrder: control(s.refundOrder, ({ orderId, paymentId }) => {
      const order = orderOf(current(), orderId);
      const wanted = order.payments.filter(
        (payment) => payment.amount > 0 && (paymentId === undefined || payment.id === paymentId),
      );
      if (wanted.length === 0) throw new Error(`Order ${orderId} has no such payment.`);
      for (const payment of wanted) current().till.refund(order, payment, now());
    }),
    renameOrder: control(s.renameOrder, ({ orderId, title }) => {
      const order = orderOf(current(), orderId);
      order.title = title;
      current().orders.touch(order, now());
    }),
    payByHand: control(s.payByHand, ({ orderId, amount, type }) => {
      const order = orderOf(current(), orderId);
      const time = now();
      current().till.record(
        order,
        {
          amount: amount === undefined ? owedOf(order) : toMicros(amount),
          type,
          note: '',
          time,
          skipCommission: false,
        },
        time,
      );
    }),
    setCard: control(s.setCard, ({ cardId, declines, valid }) => {
      const card = current().wallet.get(cardId);
      if (card === undefined) throw new Error(`Keap has no card ${cardId}.`);
      card.declines = declines ?? card.declines;
      if (valid !== undefined) card.status = valid ? 3 : 4;
    }),
    settleCharges: control(s.settleCharges, ({ orderId, approved }) => {
      const order = orderOf(current(), orderId);
      const pending = order.payments.filter(({ status }) => status === 'PENDING');
      if (pending.length === 0) throw new Error(`Order ${orderId} has no pending charge.`);
      for (const payment of pending) current().till.settle(order, payment, approved, now());
    }),
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
  };
}

function orderOf(tenant: Tenant, orderId: number): Order {
  const order = tenant.orders.byJob(orderId);
  if (order === undefined) throw new Error(`There is no live order ${orderId}.`);
  return order;
}
