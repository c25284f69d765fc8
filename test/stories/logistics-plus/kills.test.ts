import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { expect, inject, test } from 'vitest';
import { Waybill } from '../../../src/client.js';
import { logisticsPlusOrder } from '../../../src/contracts.js';
import { logisticsPlusSeed, startSandbox } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { storyBundle } from '../serving.js';
import { spawnWorker } from '../spawn-worker.js';
import { plainOrder } from './rig.js';

const PACE = 0.1;
const ORDERS = 200;

/** A process that died is missed after four seconds; the next one then has as long to work until it dies too. */
const LIFE_MS = 8_000;

/** A minute of dying, then the last process finishes what is left. */
const LIVES = 7;

/** Rarely enough that looking is not the work. */
const LOOK_EVERY_MS = 500;

/** What the warehouse does with an order, and how the order must end. */
const courses = ['SHIPPED', 'SHIPPED_WITH_DIFFERENCE', 'CANCELED', 'amended'] as const;

test('two hundred orders go through all states while their process is killed every few seconds', {
  timeout: 240_000,
}, async ({ onTestFinished }) => {
  const address = inject('temporalAddress');
  const id = randomUUID().slice(0, 8);
  const connection = `logistics-plus/kill-${id}`;
  const folder = await mkdtemp(join(tmpdir(), 'waybill-kills-'));
  const bundle = await storyBundle();
  const workflowCode = join(folder, 'workflow-bundle.js');
  await writeFile(workflowCode, 'code' in bundle ? bundle.code : '');
  const sandbox = (
    await startSandbox({ only: ['logistics-plus'], logisticsPlus: { throttle: 'off', clockSpeed: 1 / PACE } })
  ).logisticsPlus;
  const { apiKey, slug } = logisticsPlusSeed;
  const settings = { url: sandbox.url, apiKey, organization: slug, limits: [] };
  const options = { address, taskQueue: id, connections: { [connection]: settings }, stateFolder: folder, pace: PACE };
  const client = new Client({ connection: await Connection.connect({ address }) });
  const waybill = new Waybill(client, id);
  let worker = await spawnWorker({ ...options, workflowCode });
  let over = false;
  onTestFinished(async () => {
    over = true;
    await worker.kill();
    await sandbox.stop();
    await client.connection.close();
    await rm(folder, { recursive: true });
  });

  const orders = await Promise.all(
    Array.from({ length: ORDERS }, async (_, i) => {
      const input = { ...plainOrder(), connection, reference: `K-${id}-${i}` };
      const course = courses[i % courses.length] ?? 'SHIPPED';
      return { input, course, order: await waybill.start(logisticsPlusOrder, input) };
    }),
  );
  const dying = (async () => {
    for (let life = 0; life < LIVES && !over; life++) {
      await sleep(LIFE_MS);
      await worker.kill();
      worker = await spawnWorker({ ...options, workflowCode });
    }
  })();
  const { controls } = sandbox;
  /** References of the orders that have a shipment. Looked at once for all: a look at the ledger copies it. */
  const there = new Set<string>();
  const looking = setInterval(() => {
    for (const { primaryReference, shipments } of sandbox.ledger().orders) {
      if (shipments.length > 0) there.add(primaryReference);
    }
  }, LOOK_EVERY_MS);
  onTestFinished(() => clearInterval(looking));
  const hint = (reference: string) =>
    client.workflow.signalWithStart('hints', {
      workflowId: `hints/${connection}`,
      taskQueue: id,
      args: [connection],
      signal: 'hinted',
      signalArgs: [[reference]],
    });
  const results = await Promise.all(
    orders.map(async ({ input, course, order }) => {
      const { reference } = input;
      while (!there.has(reference)) await sleep(LOOK_EVERY_MS);
      if (course === 'amended') {
        const orderLines = [{ externalLineReference: '10', productCode: 'MUG-B', quantity: 5 }];
        // A worker that dies takes no answer with it: the same amendment is sent until it is done.
        for (let done = false; !done; ) {
          done = await order.send('amend', { ...input, orderLines }).then(
            ({ verdict }) => verdict === 'done',
            () => false,
          );
        }
      }
      if (course === 'CANCELED') {
        // One that is canceled before its order has seen it is a spent reference to it, and it fails: also right.
        while ((await order.status()).ids?.order === undefined) await sleep(10 * LOOK_EVERY_MS);
        controls.cancel({ reference });
      } else {
        controls.pick({ reference });
        await hint(reference);
        await sleep(Math.random() * 5_000);
        const short =
          course === 'SHIPPED_WITH_DIFFERENCE' ? { lines: [{ line: '10', quantity: 1 }, { line: '20' }] } : {};
        controls.finalize({ reference, ...short });
      }
      await hint(reference);
      return order.result();
    }),
  );
  await dying;

  const ledger = sandbox.ledger();
  for (const [i, { input, course, order }] of orders.entries()) {
    const made = ledger.orders.filter(({ primaryReference }) => primaryReference === input.reference);
    expect(made).toHaveLength(1);
    const wanted = course === 'amended' ? 'SHIPPED' : course;
    expect(results[i]).toMatchObject({ outcome: 'completed', fulfillment: wanted, orderId: made[0]?.id });
    if (course === 'amended') expect(results[i]?.lines).toMatchObject([{ ordered: 5, shipped: 5 }]);
    await expectNoFailedTask(client, order.workflowId);
  }
});
