import { expect } from 'vitest';
import { keapOrder } from '../../../../src/contracts.js';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import { rejected } from '../../every-story.js';
import type { Shop } from '../rig.js';
import type { Input, Scenario } from '../scenario.js';
import { nothingSent, once, reversed } from './judges.js';
import { takePayment } from './lost.js';
import { halfMade, undoRefused } from './refused.js';

/** Our own line of the contract: what the second run found finished it did not write again. */
function writtenOnce(ledger: KeapLedger, input: Input): void {
  once(ledger, input);
  const writes = ledger.requests.filter(({ kind }) => kind === 'write').map(({ operation }) => operation);
  expect(writes).toEqual(['orders.create', 'orderPayments.create']);
}

/** A second run under a reference, and runs that must not begin. */
export const repeated: Scenario[] = [
  {
    name: 'found-finished',
    variant: 'rest',
    play: async (stage) => {
      await stage.ended(await stage.start());
      return stage.startBare();
    },
    ends: { outcome: 'completed', left: [], undone: [] },
    ledger: writtenOnce,
  },
  {
    name: 'found-half-made',
    variant: 'xml-rpc',
    faults: [halfMade['xml-rpc'], undoRefused('xml-rpc')],
    play: async ({ start, answer, ended, rig, input }) => {
      const first = await start();
      await answer(first, 'leave');
      await ended(first);
      return rig.waybill.start(keapOrder, input, { again: true });
    },
    ends: { outcome: 'completed', left: [], undone: [] },
    ledger: once,
  },
  {
    name: 'found-dead',
    variant: 'xml-rpc',
    play: async ({ start, askCancel, ended, sandbox }) => {
      const place = sandbox.hold({ operation: takePayment['xml-rpc'], at: 'done' });
      const first = await start();
      await place.reached;
      await askCancel(first, 'button');
      place.release();
      await ended(first);
      return start();
    },
    ends: { outcome: 'failed', failure: 'Conflict', left: [] },
    ledger: reversed,
  },
  ...rejected<Shop>('rest', { total: 54.9, colour: 'blue' }, nothingSent),
];
