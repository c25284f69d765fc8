import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { registerAt } from '../../src/cli/setup/webhooks.js';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { type RunningGateway, startGateway } from '../../src/gateway.js';
import type { BigcommerceSandbox, FlxpointSandbox, KeapSandbox } from '../../src/sandbox/index.js';
import { connectionWorkflowId } from '../../src/workflows/contract.js';
import { type Imitated, imitate, type Opened } from './accounts.js';
import { account as store } from './bigcommerce/rig.js';
import { expectReplays } from './expect-replays.js';
import { account as dropship } from './flxpoint/rig.js';
import { shop } from './keap/rig.js';
import { type ServingWorker, serveConnections } from './serving.js';
import type { Account, SandboxOf } from './tested.js';

/** An hour takes two seconds. */
const PACE = 0.0005;

const PATH = 'kX3_v9-QmZ7pLw2T';

/** A platform that registers webhooks, and how they are switched off there. */
interface Case<A extends Account> {
  readonly opened: Opened<A>;
  readonly variant: A['variant'];
  /** Members of the connection's webhook. */
  readonly webhook: object;
  /** Switches all of them off. */
  off(sandbox: SandboxOf<A>, key: string): Promise<void> | void;
  /** Whether each of them is on. */
  isOn(sandbox: SandboxOf<A>): readonly boolean[];
}

const keap: Case<Account<KeapSandbox>> = {
  opened: shop as unknown as Opened<Account<KeapSandbox>>,
  variant: 'rest',
  webhook: {},
  off({ ledger, controls }) {
    for (const { key } of ledger().hooks) controls.setHookStatus({ key, status: 'Inactive' });
  },
  isOn: ({ ledger }) => ledger().hooks.map(({ status }) => status === 'Verified'),
};

const bigcommerce: Case<Account<BigcommerceSandbox>> = {
  opened: store as unknown as Opened<Account<BigcommerceSandbox>>,
  variant: 'store',
  webhook: { secrets: ['header-secret-0001'] },
  off({ ledger, controls }) {
    for (const { id } of ledger().hooks) controls.deactivateHook({ hookId: Number(id) });
  },
  isOn: ({ ledger }) => ledger().hooks.map(({ isActive }) => isActive),
};

const flxpoint: Case<Account<FlxpointSandbox>> = {
  opened: dropship as unknown as Opened<Account<FlxpointSandbox>>,
  variant: 'others-ship',
  webhook: {},
  async off({ url, ledger }, token) {
    for (const { id, webhookUrl, subscribedEvents } of ledger().webhookConfigurations) {
      const answer = await fetch(`${url}/webhhok/configurations/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'x-api-token': token },
        body: JSON.stringify({ webhookUrl, subscribedEvents, status: 'disabled' }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    }
  },
  isOn: ({ ledger }) => ledger().webhookConfigurations.map(({ status }) => status === 'active'),
};

const cases = Object.entries({ keap, bigcommerce, flxpoint }) as unknown as [string, Case<Account>][];

describe.each(cases)('webhooks that %s has switched off', (_, { opened, variant, webhook, off, isOn }) => {
  let imitated: Imitated<Account>;
  let gateway: RunningGateway;
  let stateFolder: string;
  let worker: ServingWorker | undefined;

  beforeAll(async () => {
    imitated = await imitate(opened, [{ variant }], PACE);
    stateFolder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  });
  afterAll(async () => {
    await worker?.close();
    await gateway?.stop();
    await imitated.stop();
    await rm(stateFolder, { recursive: true });
  });

  test('are registered again, and what was missed is read', async () => {
    const [[name, settings] = ['', {}]] = Object.entries(imitated.connections);
    const configured = (url?: string) => ({
      connections: { [name]: { ...settings, webhook: { path: PATH, ...webhook, ...(url && { url }) } } },
    });
    gateway = await startGateway({
      webhooks: parseWebhooks(configured(), 'the test'),
      temporal: { address: inject('temporalAddress') },
      port: 0,
      log: { info: () => {}, warn: () => {} },
    });
    const configuration = configured(gateway.url);
    const connection = parseConnections(configuration, 'the test').get(name);
    const wanted = parseWebhooks(configuration, 'the test').get(name);
    if (connection === undefined || wanted === undefined) throw new Error(`${name} is not configured`);
    await registerAt(connection, wanted, { stateFolder, removeStale: false });
    worker = await serveConnections(configuration.connections, { pace: PACE });
    const [account] = imitated.accounts(worker.client, worker.taskQueue);
    if (account === undefined) throw new Error('no account');
    const before = isOn(account.sandbox);
    expect(before).not.toContain(false);
    expect(before.length).toBeGreaterThan(0);

    const { accessToken, token } = settings as { readonly accessToken?: string; readonly token?: string };
    await off(account.sandbox, accessToken ?? token ?? '');
    expect(isOn(account.sandbox)).not.toContain(true);
    await expect.poll(() => isOn(account.sandbox), { timeout: 60_000 }).toEqual(before);

    const handle = worker.client.workflow.getHandle(connectionWorkflowId(name));
    const signals = async () =>
      (await handle.fetchHistory()).events?.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
    await expect.poll(signals, { timeout: 10_000 }).toContain('readAll');
    await expectReplays(worker.client, connectionWorkflowId(name));
  });
});
