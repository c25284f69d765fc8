import { describe, expect, test } from 'vitest';
import { prepare } from '../../src/cli/dev/acts.js';
import type { Deed } from '../../src/cli/dev/deed.js';
import { exampleFiles, readExample } from '../../src/cli/dev/example.js';
import type { HeldAnswer, SandboxClient } from '../../src/cli/dev/sandbox-client.js';
import { Teller } from '../../src/cli/dev/teller.js';
import type { WorkerSeat } from '../../src/cli/dev/worker-seat.js';
import type { Order } from '../../src/client.js';
import type { FaultRecord } from '../../src/sandbox/index.js';

const amended = readExample(exampleFiles().find((path) => path.includes('8-amended')) ?? '');
const pick: Deed = {
  when: 'waiting',
  control: { name: 'pick', input: { reference: '{reference}', lines: ['{reference}'] } },
};
const amend: Deed = { send: { update: 'amend', change: { note: 'Ring twice.' } } };

/** Everything that a deed reaches, in place of the real ones; what was done is noted in order. */
function scene(happens: Deed[], { refuses = '', verdict = 'done', comes = true, phase = 'waiting' } = {}) {
  const done: unknown[] = [];
  const said: string[] = [];
  const held: HeldAnswer = { reached: async () => comes, release: async () => void done.push('release') };
  const sandbox: Pick<SandboxClient, 'addFault' | 'control' | 'holdAnswer'> = {
    addFault: async (rule) => ({ id: 4, fired: 0, rule }) as unknown as FaultRecord,
    control: async (name, input) => {
      if (refuses === name) throw new Error('only ENT can be picked');
      done.push([name, input]);
    },
    holdAnswer: async () => held,
  };
  const worker: Pick<WorkerSeat, 'crash' | 'start'> = {
    crash: async () => void done.push('crash'),
    start: async () => 77,
  };
  const order: Pick<Order, 'send' | 'cancel' | 'status'> = {
    send: async (update, value) => {
      done.push([update, value]);
      return { verdict: verdict as 'done', reason: 'the shipments do not show it yet' };
    },
    cancel: async () => {
      done.push('cancel');
      return { verdict: 'pending', reason: 'the warehouse was asked' };
    },
    status: async () => ({ phase, state: phase === 'waiting' ? 'running' : 'completed', happenings: [] }) as never,
  };
  const acts = prepare({
    example: { ...amended, order: { ...amended.order, reference: 'E-8-x1' }, happens },
    sandbox: sandbox as SandboxClient,
    worker: worker as WorkerSeat,
    teller: new Teller('E-8-x1', (text) => said.push(text)),
  });
  return { done, said, missed: async () => (await acts).perform(order as Order), acts };
}

describe('what is done to an order', () => {
  test('comes in its order, and {reference} is the reference of this run', async () => {
    const { done, missed } = scene([pick, amend, { cancel: true }]);
    expect(await missed()).toEqual([]);
    expect(done).toEqual([
      ['pick', { reference: 'E-8-x1', lines: ['E-8-x1'] }],
      ['amend', { ...amended.order, reference: 'E-8-x1', note: 'Ring twice.' }],
      'cancel',
    ]);
  });

  test('is told', async () => {
    const { said, missed } = scene([pick, { cancel: true }]);
    await missed();
    expect(said).toEqual([
      'E-8-x1  [demo] at the platform: pick',
      'E-8-x1  [demo] a cancel is asked for',
      'E-8-x1  [demo] the first answer to it: pending',
    ]);
  });

  test.each<[string, Parameters<typeof scene>, string, unknown[]]>([
    [
      'a phase that never comes',
      [[pick, { cancel: true }], { phase: 'completed' }],
      'it was never waiting: no pick',
      [],
    ],
    ['a control that is refused', [[pick, amend], { refuses: 'pick' }], 'pick: only ENT can be picked', []],
    [
      'an update that is not decided',
      [[{ cancel: true }, amend, pick], { verdict: 'pending' }],
      'amend was answered pending: the shipments do not show it yet',
      ['cancel', ['amend', expect.anything()]],
    ],
    [
      'an operation that nobody asks for',
      [[{ killWorker: { after: 'orders.create' } }], { comes: false }],
      'orders.create was never asked for, so the worker was not killed',
      [],
    ],
  ])('is reported when it could not be done, and what follows is left: %s', async (_, [deeds, how], saying, before) => {
    const { done, missed } = scene(deeds, how);
    expect(await missed()).toEqual([saying]);
    expect(done).toEqual(before);
  });

  test('a worker is killed before the answer is let go', async () => {
    const { done, missed } = scene([{ killWorker: { after: 'orders.create' } }]);
    expect(await missed()).toEqual([]);
    expect(done).toEqual(['crash', 'release']);
  });

  test('a fault that did not strike is missed by the ledger', async () => {
    const { acts, missed } = scene([{ fault: { kind: 'reset-after', operation: 'orders.create' } }]);
    expect(await missed()).toEqual([]);
    const ledger = (fired: number) => ({ faults: [{ id: 4, fired } as FaultRecord] });
    expect((await acts).missedBy(ledger(0))).toEqual(['the fault reset-after did not strike']);
    expect((await acts).missedBy(ledger(1))).toEqual([]);
  });
});
