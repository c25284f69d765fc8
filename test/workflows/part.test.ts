import { expect, test } from 'vitest';
import { openRun, statusOf } from '../../src/workflows/run.js';

test('a part is shown once it has begun: before, nobody could ask it', () => {
  const run = openRun('shopSubscription', { connection: 'shop/acme', reference: 'S-1' }, 1, 0);
  run.part = { workflowId: 'shopCycle/shop/acme/S-1.1' };
  expect(statusOf(run, undefined).part).toBeUndefined();
  run.partBegun = true;
  expect(statusOf(run, undefined).part).toEqual({ workflowId: 'shopCycle/shop/acme/S-1.1' });
});
