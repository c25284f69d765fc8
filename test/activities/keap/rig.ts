import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keap } from '../../../src/activities/keap/index.js';
import { type KeapOptions, type KeapSandbox, keapSeed, startKeap } from '../../../src/sandbox/keap/index.js';
import type { KeapMade, KeapWanted } from '../../../src/workflows/keap/contract.js';
import { type KeapOrder, type KeapOrderInput, keapOrderInput } from '../../../src/workflows/keap/input.js';
import { failureOf, inActivities, serve } from '../hands.js';

export { failureOf, keapSeed };

export type TransportName = 'rest' | 'xml-rpc';

/** The hands of one connection and the sandbox that they work on. */
export async function startRig(options: KeapOptions = {}) {
  const sandbox = await startKeap({ throttle: 'off', searchLagMs: 0, ...options });
  const stateFolder = mkdtempSync(join(tmpdir(), 'waybill-keap-'));
  return {
    sandbox,
    stateFolder,
    settings: { url: sandbox.url, auth: { serviceAccountKey: keapSeed.serviceAccountKey } },
    stop: async () => {
      await sandbox.stop();
      rmSync(stateFolder, { recursive: true });
    },
  };
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** @param startToCloseTimeoutMs how long an attempt may take; requests get a part of it */
export function handsOf(rig: Rig, transport: TransportName, more: object = {}, startToCloseTimeoutMs = 5_000) {
  const activities = keap.createActivities(serve(keap, { ...rig.settings, transport, ...more }, rig.stateFolder));
  const { sandbox } = rig;
  return { ...inActivities(activities, startToCloseTimeoutMs), sandbox };
}

export type Hands = ReturnType<typeof handsOf>;

const input = {
  connection: 'keap/acme',
  reference: 'EXT-1001',
  title: 'web shop',
  orderedAt: '2026-01-15T10:30:00-05:00',
  notes: 'Leave at the door',
  currency: 'USD',
  total: '54.90',
  contact: { email: 'grace@example.com', givenName: 'Grace', familyName: 'Hopper', phone: '555-010-2030' },
  shippingAddress: { givenName: 'Grace', line1: '1 Mill Lane', city: 'Tempe', region: 'Arizona', country: 'US' },
  lines: [
    { sku: 'MUG-B', quantity: 2, unitPrice: '24.95', unitCost: '10.00' },
    { kind: 'shipping', ref: 'ship', quantity: 1, unitPrice: '5.00', name: 'Standard & safe' },
  ],
  payment: { kind: 'taken', method: 'Check', reference: 'pay_9f2', note: 'captured in shop' },
  customFields: { 'Gift Message': 'With <love>\nGrace', 'Delivery Date': '2026-02-01', Channel: 'Web' },
} satisfies KeapOrderInput;

export function orderOf(change: Partial<KeapOrderInput> = {}): KeapOrder {
  return keapOrderInput.parse({ ...input, ...change });
}

/** What is looked up before an order is made. */
export async function prepare(hands: Hands, order: KeapOrder): Promise<KeapWanted> {
  const account = await hands.preflight(order);
  const products = await hands.findProducts(order);
  const { contactId } = await hands.ensureContact(order);
  return { order, account, products, contactId };
}

/** Creates the order with its lines, as the story does, up to the payment. */
export async function make(hands: Hands, want: KeapWanted): Promise<KeapMade> {
  let made = await hands.createOrder(want);
  made = await hands.readOrderId(want, made);
  if (!made.marked) made = await hands.markOrder(want, made);
  for (const { ref } of want.order.lines) {
    if (!made.lines.includes(ref)) await hands.addLine(want, made, ref);
  }
  return { ...made, lines: want.order.lines.map(({ ref }) => ref) };
}

/** Orders that are live at the sandbox. */
export function live(sandbox: KeapSandbox) {
  return sandbox.ledger().orders.filter(({ deleted }) => !deleted);
}
