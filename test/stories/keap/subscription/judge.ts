import { expect } from 'vitest';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import type { SubscriptionInput } from './rig.js';

type LedgerSubscription = KeapLedger['subscriptions'][number];

/** What the imitation has of subscriptions under one reference, whatever became of them. */
const under = ({ subscriptions }: KeapLedger, reference: string): LedgerSubscription[] =>
  subscriptions.filter(({ customFields }) => customFields._ExternalSubscriptionId === reference);

const approved = ({ charges }: LedgerSubscription['billings'][number]) =>
  charges.filter(({ status }) => status === 'APPROVED' || status === 'MANUAL_PAID');

/** The promise that is money: no cycle is charged twice, and nothing that a subscription was not. */
export function expectNeverTwice({ subscriptions }: KeapLedger): void {
  for (const { billings } of subscriptions) {
    for (const billing of billings) expect(approved(billing).length).toBeLessThanOrEqual(1);
    const days = billings.filter(({ deleted }) => !deleted).flatMap((billing) => billing.days);
    expect(new Set(days).size).toBe(days.length);
  }
}

/** One subscription, billed and charged for each of its cycles once, and ended. */
export function expectBilled(ledger: KeapLedger, input: SubscriptionInput, cycles = input.cycles): void {
  expect(ledger.subscriptions).toHaveLength(1);
  // An order for each invoice, and no others.
  expect(ledger.orders).toHaveLength(cycles);
  const [it] = under(ledger, input.reference);
  if (it === undefined) throw new Error(`no subscription under ${input.reference}`);
  expect(it).toMatchObject({
    planId: 5,
    quantity: 2,
    price: 15,
    autoCharge: false,
    status: 'Inactive',
    deleted: false,
  });
  expectNeverTwice(ledger);
  expect(it.billings.flatMap(({ days }) => days)).toHaveLength(cycles);
  for (const billing of it.billings) {
    expect(billing).toMatchObject({ total: 30, owed: 0, deleted: false });
    expect(approved(billing).map(({ amount }) => amount)).toEqual([30]);
  }
}

/** Nothing that may still be billed, no invoice, and no money. */
export function expectNothingLeft(ledger: KeapLedger): void {
  expect(ledger.subscriptions.filter(({ status, deleted }) => status === 'Active' && !deleted)).toEqual([]);
  expect(ledger.orders.filter(({ deleted }) => !deleted)).toEqual([]);
  expect(ledger.orders.flatMap(({ paid, refunded }) => [paid, refunded]).filter((amount) => amount !== 0)).toEqual([]);
}

/** It has ended at Keap, with what was charged before. */
export function expectEndedAfter(ledger: KeapLedger, cycles: number): void {
  expectNeverTwice(ledger);
  expect(ledger.subscriptions).toHaveLength(1);
  const [it] = ledger.subscriptions;
  expect(it?.status).toBe('Inactive');
  const live = it?.billings.filter(({ deleted }) => !deleted) ?? [];
  expect(live).toHaveLength(cycles);
  expect(ledger.orders.filter(({ deleted }) => !deleted)).toHaveLength(cycles);
  for (const billing of live) expect(approved(billing)).toHaveLength(1);
}
