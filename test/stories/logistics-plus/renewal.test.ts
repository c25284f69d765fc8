import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { connectionWorkflowId, hintsWorkflowId } from '../../../src/workflows/contract.js';
import { hintCounts } from '../../../src/workflows/hints.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { until } from '../serving.js';
import { openWarehouses, waits } from './rig.js';

/** Rounds would come every seven minutes and a half: what is seen here was seen for a hint. */
const PACE = 0.5;

const ORDERS = 6;
const RENEWALS = 3;

/**
 * Lets the history of a run grow until it starts a new one, as thousands of events would: the server suggests it at
 * 4 MiB, too. One signal at a time, because a workflow task takes no more than that.
 *
 * @param args without effect
 */
async function renew(handle: WorkflowHandle, signal: string, ...args: unknown[]): Promise<void> {
  const { runId } = await handle.describe();
  while ((await handle.describe()).runId === runId) {
    await handle.signal(signal, ...args, 'x'.repeat(1_000_000));
    while ((await handle.describe()).raw.pendingWorkflowTask) await pause(20);
  }
}

test('hints that come while their workflow and that of the connection start anew: none is lost, none has effect twice', {
  timeout: 120_000,
}, async () => {
  const rig = await openWarehouses([{ options: { searchLagMs: 0 } }], { pace: PACE });
  onTestFinished(() => rig.close());
  const [warehouse] = rig.warehouses;
  if (warehouse === undefined) throw new Error('no warehouse');
  const { controls } = warehouse.sandbox;
  const orders = await Promise.all(
    Array.from({ length: ORDERS }, async () => {
      const { reference, ...input } = warehouse.order();
      const order = await warehouse.start({ ...input, reference });
      await waits(order);
      return { order, reference, states: ['ENT'] };
    }),
  );
  let sent = 0;
  const hint = (reference: string) => {
    sent++;
    return rig.client.workflow.signalWithStart('hints', {
      workflowId: hintsWorkflowId(warehouse.connection),
      taskQueue: rig.taskQueue,
      args: [warehouse.connection],
      signal: 'hinted',
      signalArgs: [[reference]],
    });
  };
  const hints = rig.client.workflow.getHandle(hintsWorkflowId(warehouse.connection));
  const connection = rig.client.workflow.getHandle(connectionWorkflowId(warehouse.connection));
  await hint('NOBODY');

  let renewing = true;
  const renewals = (async () => {
    for (let i = 0; i < RENEWALS; i++) await Promise.all([renew(hints, 'hinted', []), renew(connection, 'configured')]);
  })().finally(() => {
    renewing = false;
  });
  await Promise.all(
    orders.map(async ({ order, reference, states }) => {
      while (renewing) {
        const state = states.at(-1) === 'ENT' ? 'HEL' : 'ENT';
        controls[state === 'HEL' ? 'hold' : 'release']({ reference });
        await hint(reference);
        states.push(state);
        await until(order, ({ waitingFor }) => waitingFor?.includes(state) === true);
      }
    }),
  );
  await renewals;
  for (const { order, reference, states } of orders) {
    const { happenings } = await order.status();
    const seen = happenings.flatMap(({ text }) => /^shipment \w+ (\w+)$/.exec(text)?.[1] ?? []);
    expect(seen.length).toBeGreaterThan(RENEWALS);
    // The oldest of very many are forgotten.
    expect(seen).toEqual(states.slice(-seen.length));
    controls.cancel({ reference });
    await hint(reference);
    expect(await order.result()).toMatchObject({ fulfillment: 'CANCELED' });
    await expectNoFailedTask(rig.client, order.workflowId);
  }
  expect(await hints.query(hintCounts)).toMatchObject({ received: sent, failed: 0, dropped: 0 });
});
