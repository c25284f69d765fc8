import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../src/sandbox/index.js';
import type { Input } from '../tested.js';
import { expectShipped, theOne, type Wanted } from './judge.js';
import { plainOrder } from './rig.js';

/** A line less, a line more, another quantity, another note. */
export const amendment: Wanted = {
  orderLines: [
    { externalLineReference: '20', productCode: 'KETTLE-E', quantity: 3 },
    { externalLineReference: '30', productCode: 'TEA-1', quantity: 4 },
  ],
  note: 'AIR - FASTEST',
};

export function shippedAsAmended(ledger: LogisticsPlusLedger, input: Input): void {
  expectShipped(amendment)(ledger, input);
  // Twice is as good as once, but never anything else.
  const { patches } = theOne(ledger, input);
  expect(patches.length).toBeGreaterThan(0);
  for (const { note, lines } of patches) expect({ note, orderLines: lines }).toMatchObject(amendment);
}

export function shippedUnchanged(ledger: LogisticsPlusLedger, input: Input): void {
  expectShipped()(ledger, input);
  expect(theOne(ledger, input).patches).toEqual([]);
}

/** What left is what was ordered at first; of an order that was sent out meanwhile, its note may say otherwise. */
export function shippedAsOrdered(ledger: LogisticsPlusLedger, input: Input): void {
  const { status, shipments } = theOne(ledger, input);
  expect(status).toBe('FIN');
  expect(shipments).toHaveLength(1);
  expect(shipments[0]?.lines).toMatchObject(plainOrder().orderLines);
}
