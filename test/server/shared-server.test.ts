import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
});

afterAll(async () => {
  await connection.close();
});

test('orders can be searched for by connection, reference and phase', async () => {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes)).toEqual(
    expect.arrayContaining(['WaybillConnection', 'WaybillReference', 'WaybillPhase']),
  );
});

test('time can be skipped for a run', async () => {
  const client = new Client({ connection });
  const handle = await client.workflow.start('nobodyRunsThis', {
    taskQueue: 'shared-server-test',
    workflowId: 'shared-server-test',
  });
  const execution = { workflowId: handle.workflowId };
  try {
    await connection.workflowService.updateWorkflowExecutionOptions({
      namespace: 'default',
      workflowExecution: execution,
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
      updateMask: { paths: ['time_skipping_config'] },
    });
    const described = await connection.workflowService.describeWorkflowExecution({ namespace: 'default', execution });
    expect(described.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled).toBe(true);
  } finally {
    await handle.terminate();
  }
});
