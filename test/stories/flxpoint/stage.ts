import { afterAll, beforeAll, expect } from 'vitest';
import { flxpointOrder } from '../../../src/contracts.js';
import type { FlxpointOptions, FlxpointSandbox } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectReplays } from '../expect-replays.js';
import type { ServingOptions } from '../serving.js';
import { reaches } from '../watching.js';
import type { Going } from './people.js';
import { type FlxpointAccount, type FlxpointRig, openFlxpoints } from './rig.js';

/** One account for all tests of a file. */
export interface Stage {
  readonly rig: FlxpointRig;
  readonly account: FlxpointAccount;
  readonly sandbox: FlxpointSandbox;
  /** Starts an order. */
  start(change?: Record<string, unknown>): Promise<Going>;
  /** The same, and waits until its lines are on it and wait to be shipped. */
  waiting(change?: Record<string, unknown>): Promise<Going>;
  /** The same order in a run that knows nothing of the first one, which is over without a word. */
  again(way: Going): Promise<Going>;
}

/** Opens an account for the tests of a file; each run that they start is replayed at the end. */
export function onStage(
  of: { options?: FlxpointOptions; settings?: object } = {},
  options: ServingOptions = {},
): Stage {
  let rig: FlxpointRig;
  const played: string[] = [];
  beforeAll(async () => {
    rig = await openFlxpoints([of], options);
  });
  afterAll(async () => {
    expect(played.length).toBeGreaterThan(0);
    for (const workflowId of played) {
      await expectNoFailedTask(rig.client, workflowId);
      await expectReplays(rig.client, workflowId);
    }
    await rig.close();
  });
  const account = () => rig.accounts[0] as FlxpointAccount;
  const start = async (change: Record<string, unknown> = {}): Promise<Going> => {
    const input = account().order(change);
    const order = await account().start(input);
    played.push(order.workflowId);
    return { account: account(), sandbox: account().sandbox, input, order };
  };
  return {
    get rig() {
      return rig;
    },
    get account() {
      return account();
    },
    get sandbox() {
      return account().sandbox;
    },
    start,
    async again(way) {
      await rig.client.workflow.getHandle(way.order.workflowId).terminate();
      return { ...way, order: await rig.waybill.start(flxpointOrder, way.input, { again: true }) };
    },
    async waiting(change) {
      const way = await start(change);
      await reaches(way.order, ({ phase }) => phase === 'waiting');
      return way;
    },
  };
}
