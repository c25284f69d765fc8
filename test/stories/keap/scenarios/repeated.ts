import { expect } from 'vitest';
import { keapOrder } from '../../../../src/contracts.js';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import { orderWorkflowId } from '../../../../src/workflows/contract.js';
import type { Input, Scenario, Stage } from '../scenario.js';
import { nothingSent, once, reversed } from './judges.js';
import { takePayment } from './lost.js';
import { halfMade, undoRefused } from './refused.js';

const idOf = ({ input }: Stage) => orderWorkflowId(keapOrder.name, input);

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
    transport: 'rest',
    play: async (stage) => {
      await stage.ended(await stage.start());
      return stage.startBare(idOf(stage), stage.input);
    },
    ends: { outcome: 'completed', left: [], undone: [] },
    ledger: writtenOnce,
  },
  {
    name: 'found-half-made',
    transport: 'xml-rpc',
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
    transport: 'xml-rpc',
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
  {
    name: 'rejected-unreadable',
    transport: 'rest',
    play: (stage) => stage.startBare(idOf(stage), { ...stage.input, total: 54.9, colour: 'blue' }),
    ends: { outcome: 'failed', failure: 'Rejected' },
    ledger: nothingSent,
  },
  {
    name: 'rejected-other-workflow-id',
    transport: 'rest',
    play: (stage) => stage.startBare(`order-${stage.input.reference}`, stage.input),
    ends: { outcome: 'failed', failure: 'Rejected' },
    ledger: nothingSent,
  },
  {
    name: 'rejected-unknown-connection',
    transport: 'rest',
    play: ({ startBare, input }) => {
      const elsewhere = { ...input, connection: 'keap/nobody' };
      return startBare(orderWorkflowId(keapOrder.name, elsewhere), elsewhere);
    },
    ends: { outcome: 'failed', failure: 'Rejected' },
    ledger: nothingSent,
  },
];
