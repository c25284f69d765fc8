import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keap } from '../../../src/activities/keap/index.js';
import { inActivities, serve } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';

/** What Keap shows of a subscription that was billed by one order. */
let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const usd = (amount: number) => ({ amount, currency_code: 'USD' });
const subscription = {
  id: '601',
  active: true,
  contact_id: '55',
  product_id: '27',
  subscription_plan_id: '5',
  quantity: 2,
  billing_amount: 15,
  next_bill_date: '2026-02-15',
  custom_fields: [{ id: '41', content: 'SUB-1001' }],
};
const order = (id: string, subscriptionId: string | null) => ({
  id,
  status: 'PAID',
  invoice_id: String(Number(id) + 12),
  contact: { id: '55' },
  total: usd(3000),
  total_paid: usd(3000),
  total_due: usd(3000),
  order_items: [{ id: '1', quantity: 2, price_per_unit: usd(1500), subscription_id: subscriptionId }],
});
const things: Readonly<Record<string, object>> = {
  '/crm/rest/v2/subscriptions/model': {
    custom_fields: [{ id: '41', label: 'External Subscription Id', field_name: '_Ext', field_type: 'TEXT' }],
  },
  '/crm/rest/v2/subscriptions/601': subscription,
  '/crm/rest/v2/subscriptions/602': { ...subscription, id: '602', custom_fields: [] },
  '/crm/rest/v2/orders/2075': order('2075', '601'),
  '/crm/rest/v2/orders/2076': order('2076', null),
  '/crm/rest/v2/orders?filter=invoice_id%3D%3D2087&page_size=1000': { orders: [{ id: '2075' }] },
  '/crm/rest/v1/transactions/8120': { order_ids: '2075' },
};
beforeEach(() => {
  server.answers(({ path }) => {
    const body = things[path];
    return body === undefined ? { status: 404, body: { message: 'not found' } } : { body };
  });
});

const look = (hint: string) => {
  const served = serve(keap, { url: server.url, auth: { serviceAccountKey: 'KeapAK-test' } });
  return inActivities(keap.changes(served)).look(hint);
};

/** Midnight in New York. */
const seen = { active: true, nextBillDate: '2026-02-15', dueAt: Date.parse('2026-02-15T05:00:00Z') };
const bill = { orderId: '2075', settled: true };

test.each([
  ['subscription.edit:601', seen],
  ['order.edit:2075', { ...seen, bill }],
  ['invoice.add:2087', { ...seen, bill }],
  ['invoice.payment.add:8120', { ...seen, bill }],
])('%s is news for the subscription', async (hint, state) => {
  expect(await look(hint)).toEqual([{ story: 'keapSubscription', reference: 'SUB-1001', state }]);
});

test.each([
  'order.edit:2076',
  'order.edit:9999',
  'invoice.payment.add:1',
  'subscription.edit:602',
  'subscription.edit:9',
])('%s is of nobody that is known', async (hint) => {
  expect(await look(hint)).toEqual([]);
});

test.each(['contact.add:55', 'order.edit:../2075', 'anything'])('%s is not even asked about', async (hint) => {
  expect(await look(hint)).toEqual([]);
  expect(server.received).toEqual([]);
});
