import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OrderNotCompletedError } from '../../../src/client.js';
import type { KeapFault } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { FreeShops } from './free-shops.js';
import { expectNothingLeft, expectOnceAndWhole } from './judge.js';
import { openRig, type Rig, type Shop, type Transport, until } from './rig.js';

/** Shops of one transport: each case has one to itself while it runs. */
const SHOPS = 4;

/** The settle times of a lost request are over within three seconds. */
const PACE = 0.03;

/** More than our time-out for an answer: 60 s of the sandbox's clock, and what the attempt adds to it. */
const TOO_LATE_MS = 100_000;

/** What can go wrong with a request; all but the last leave the order to be made in the end. */
const faults: Record<string, Record<string, unknown> & { kind: KeapFault['kind'] }> = {
  'refused connections': { kind: 'refuse', ms: 20_000 },
  'reset before the work': { kind: 'reset-before' },
  'done, answer dropped': { kind: 'reset-after' },
  'done, answer after our time-out': { kind: 'late', ms: TOO_LATE_MS },
  'done after our time-out': { kind: 'late-before', ms: TOO_LATE_MS },
  '500 before': { kind: '500-before' },
  '500 after': { kind: '500-after' },
  '429 in seconds': { kind: '429', retryAfter: 1 },
  '429 with a date': { kind: '429', retryAfter: 1, form: 'date' },
  '429 without a word': { kind: '429' },
  'HTML, done': { kind: 'html' },
  'HTML, not done': { kind: 'html', worked: false },
  'truncated, done': { kind: 'truncated' },
  'truncated, not done': { kind: 'truncated', worked: false },
  'malformed, done': { kind: 'malformed' },
  'token refused in the middle': { kind: '401' },
  'slow body': { kind: 'slow-body', ms: TOO_LATE_MS },
  'an answer of 3 MiB': { kind: 'huge', bytes: 3 * 1024 * 1024 },
  'refused for good': { kind: 'business' },
};

/** The writes of an order, in the words of the sandbox; a test below holds them against a run. */
const writes: Record<Transport, readonly string[]> = {
  rest: ['contacts.update', 'orders.create', 'orderPayments.create'],
  'xml-rpc': [
    'ContactService.update',
    'InvoiceService.createBlankOrder',
    'DataService.update:Job',
    'InvoiceService.addOrderItem',
    'InvoiceService.addManualPayment',
  ],
};

let rig: Rig;
let free: FreeShops;
beforeAll(async () => {
  const transports = (['rest', 'xml-rpc'] as const).flatMap((transport) => Array<Transport>(SHOPS).fill(transport));
  rig = await openRig(
    transports.map((transport) => ({ transport })),
    { pace: PACE },
  );
  free = new FreeShops(rig.shops);
});
afterAll(() => rig.close());

/** A billing address makes the contact a write too. */
const address = { line1: '2 Quay', city: 'Tempe', region: 'AZ', postalCode: '85281', country: 'US' };
const orderOf = (shop: Shop) =>
  shop.order({ contact: { email: 'ada@example.com', givenName: 'Ada', billingAddress: address } });

/** Runs an order under one fault, and lets the ledger judge. */
async function judge(shop: Shop, fault: KeapFault): Promise<void> {
  const record = shop.sandbox.faults.add(fault);
  const input = orderOf(shop);
  const order = await shop.start(input);
  const ended = order.result().then(
    () => 'completed' as const,
    (error: unknown) => {
      if (error instanceof OrderNotCompletedError) return 'taken back' as const;
      throw error;
    },
  );
  // Only a refusal can come after the money has moved, and is held then; asking is not free, so it is asked seldom.
  const held =
    fault.kind === 'business'
      ? until(order, ({ hold, state }) => hold !== undefined || state !== 'running', 500)
      : new Promise<never>(() => {});
  const first = await Promise.race([ended, held]);
  if (typeof first !== 'string' && first.hold !== undefined)
    await order.resolve({ hold: first.hold?.id ?? '', answer: 'retry' });
  const end = await ended;
  const ledger = shop.sandbox.ledger();
  expect(ledger.faults.find(({ id }) => id === record.id)?.fired).toBe(1);
  if (end === 'completed') expectOnceAndWhole(ledger, input as never);
  else expectNothingLeft(ledger);
  if (fault.kind !== 'business') expect(end).toBe('completed');
  await expectNoFailedTask(rig.client, order.workflowId);
}

describe.each(['rest', 'xml-rpc'] as const)('over %s', (transport) => {
  test('the cases below are all the writes of an order', () =>
    free.lend(transport, async (shop) => {
      await (await shop.start(orderOf(shop))).result();
      const { requests } = shop.sandbox.ledger();
      const seen = new Set(requests.filter(({ kind }) => kind === 'write').map(({ operation }) => operation));
      expect([...seen]).toEqual(writes[transport]);
    }));

  test(
    'a refusal for good of any request leaves nothing behind, or is held once the money has moved',
    () =>
      free.lend(transport, async (shop) => {
        await (await shop.start(orderOf(shop))).result();
        shop.sandbox.reset();
        // What the account offers is remembered for an hour, so only the requests of a later order can be refused again.
        await (await shop.start(orderOf(shop))).result();
        const operations = new Set(shop.sandbox.ledger().requests.map(({ operation }) => operation));
        expect(operations.size).toBeGreaterThan(6);
        for (const operation of operations) {
          shop.sandbox.reset();
          await judge(shop, { kind: 'business', operation });
        }
      }),
    120_000,
  );

  describe.concurrent.each(writes[transport])('%s', (operation) => {
    test.each(Object.entries(faults))('%s', (_, fault) =>
      free.lend(transport, (shop) => judge(shop, { ...fault, operation } as KeapFault)),
    );
  });
});
