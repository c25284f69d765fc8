import { z } from 'zod';
import { amount, connectionOf, currency, decimalsOf, expected, line, moment, reference } from '../../input.js';
import { cents, fromCents } from '../../money.js';
import { contact, customFields, INT_MAX, keapId } from '../input.js';

const dayRule = 'a day, e.g. "2026-01-15"';
const day = z.iso.date(expected(dayRule));

/** Longer than any that is agreed on: a hundred years of months. */
const MOST_CYCLES = 1_200;

const card = z.strictObject(
  {
    card: keapId.describe('The card on file at Keap'),
    merchantAccount: keapId.optional(),
  },
  expected('{ "card": "…", … }, a card on file at Keap'),
);

const billing = z.enum(['waybill', 'keap'], { error: 'expected waybill or keap' });

/**
 * The input of a Keap subscription. `total` is stated so that a wrong price is noticed before money moves, each time.
 */
export const keapSubscriptionInput = z
  .strictObject(
    {
      connection: connectionOf('keap'),
      reference,
      startAt: moment.optional().describe('Nothing is done before this time'),
      contact,
      plan: keapId.describe('The subscription plan at Keap; it says how often is billed'),
      quantity: z
        .int('expected a whole number')
        .min(1, { error: 'expected 1 or more', abort: true })
        .max(INT_MAX, { error: `expected ${INT_MAX} at most`, abort: true })
        .default(1),
      price: amount.describe('Of one, each cycle'),
      currency,
      total: amount.describe('What the customer pays each cycle: the price times the quantity'),
      startDate: day.optional().describe('The first day that is billed; by default the day on which it is made'),
      cycles: z
        .int('expected a whole number')
        .min(1, 'expected 1 or more')
        .max(MOST_CYCLES, `expected ${MOST_CYCLES} at most`)
        .optional()
        .describe('How many cycles are billed; without it, it goes on until it is ended'),
      billing: billing
        .default('waybill')
        .describe('waybill: each cycle is invoiced and charged by Waybill. keap: Keap does it, and Waybill follows'),
      payment: card,
      customFields: customFields.describe('Values by the label of the subscription field'),
      leadAffiliate: keapId.optional(),
      saleAffiliate: keapId.optional(),
    },
    expected('a subscription, { "connection": "keap/<name>", "reference": "…", … }'),
  )
  .superRefine((of, context) => {
    const say = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    const due = cents(of.price) * BigInt(of.quantity);
    if (due !== cents(of.total)) say('total', `${of.total} is not the price times the quantity, ${fromCents(due)}`);
    if (cents(of.total) === 0n) say('total', 'expected more than nothing: there would be nothing to charge');
    const fraction = (of.price.split('.')[1] ?? '').replace(/0+$/, '');
    if (fraction.length > decimalsOf(of.currency))
      say('price', `${of.currency} has ${decimalsOf(of.currency)} decimals`);
  });

export type KeapSubscription = z.output<typeof keapSubscriptionInput>;

/** What the updates `pause` and `end` take. */
export const keapPauseInput = z.strictObject(
  { reason: line(200).optional().describe('Stands at Keap') },
  expected('{ "reason": "…" }, or {}'),
);

/** What the update `resume` takes. */
export const keapResumeInput = z.strictObject(
  { nextBillDate: day.optional().describe('By default the day that Keap has, or today when that is past') },
  expected('{ "nextBillDate": "…" }, or {}'),
);

export type KeapPause = z.output<typeof keapPauseInput>;
export type KeapResume = z.output<typeof keapResumeInput>;

/** The reference of a subscription, its id at Keap, and the number of the cycle. */
const cycleReference = z
  .string(expected('text'))
  .regex(/^[A-Za-z0-9._-]{1,30}\.\d{1,10}\.\d{1,5}$/, 'expected <reference>.<subscription>.<cycle>');

/** The input of one cycle. Subscriptions start them. */
export const keapSubscriptionCycleInput = z.strictObject(
  {
    connection: connectionOf('keap'),
    reference: cycleReference,
    subscription: reference.describe('The reference of the subscription'),
    subscriptionId: keapId,
    contactId: keapId,
    productId: keapId.optional(),
    /** Orders up to this one belong to earlier cycles. */
    after: z.union([z.literal('0'), keapId]),
    /** Nothing has been charged before. */
    first: z.boolean(),
    billing,
    currency,
    total: amount,
    payment: card,
  },
  expected('a cycle of a subscription'),
);

export type KeapSubscriptionCycle = z.output<typeof keapSubscriptionCycleInput>;
