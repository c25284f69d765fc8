import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { keapSeed } from '../../src/sandbox/index.js';
import { openShop } from './shop.js';
import { buildFirst, inFolder, waybill } from './waybill.js';

buildFirst();
// Every case is a few processes, on two cores that others use as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const file = inFolder();
const theShop = openShop(file);

const order = (reference: string, more: object = {}) => ({
  connection: 'keap/sandbox',
  reference,
  orderedAt: '2026-01-15T10:30:00-05:00',
  currency: 'USD',
  total: '49.90',
  contact: { email: 'ada@example.com' },
  lines: [{ sku: 'MUG-B', quantity: 2, unitPrice: '24.95' }],
  payment: { kind: 'taken', method: 'Check', reference: `pay-${reference}` },
  ...more,
});
const write = (content: ReturnType<typeof order>) => file(`${content.reference}.json`, content);
const later = { startAt: '2099-01-01T00:00:00Z' };

/** Orders in the ledger that carry this reference, live or deleted. */
const atKeap = (reference: string) =>
  theShop()
    .sandbox.keap.ledger()
    .orders.filter(({ customFields }) => Object.values(customFields).includes(reference));

/** Asks until it is so; fails with what was seen last. */
async function until(what: () => Promise<string>, contains: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const seen = await what();
      expect(seen).toContain(contains);
      return seen;
    },
    { timeout: 60_000, interval: 300 },
  );
}

describe('a server that nothing was set up on', () => {
  test('is set up once, and a worker says so before', async () => {
    const { run, connections, env } = theShop();
    const early = await waybill(['worker', '--connections', connections], {
      env: { ...env, SHOP_KEY: keapSeed.serviceAccountKey },
    });
    expect(early.stderr).toContain('lacks search attributes (WaybillConnection, WaybillReference, WaybillPhase)');
    expect(early.code).toBe(1);
    const first = await run('setup');
    expect(first.stdout).toContain('search attributes created: WaybillConnection, WaybillReference, WaybillPhase');
    expect(first.stdout).toContain('ended orders are kept for 30 days, was 1');
    expect(first.code).toBe(0);
    const second = await run('setup');
    expect(second.stdout).toBe('default: search attributes are there\ndefault: ended orders are kept for 30 days\n');
  });
});

describe('orders', () => {
  beforeAll(async () => {
    // Whichever test runs first: what is there stays as it is.
    expect((await theShop().run('setup')).code).toBe(0);
    await theShop().startWorker();
  });

  test('start --wait tells what happens and gives the result; started again it is the same order', async () => {
    const { run } = theShop();
    const path = write(order('CLI-1'));
    const waited = await run('start', 'keapOrder', path, '--wait', '--json');
    expect(waited.stderr).toContain('49.90 recorded as paid');
    const [made] = atKeap('CLI-1');
    expect(JSON.parse(waited.stdout)).toMatchObject({
      outcome: 'completed',
      orderId: String(made?.jobId),
      paid: '49.90',
    });
    expect(waited.code).toBe(0);

    const again = await run('start', 'keapOrder', path);
    expect(again).toMatchObject({ code: 0, stdout: 'keapOrder/keap/sandbox/CLI-1 had been completed before\n' });
    const other = await run(
      'start',
      'keapOrder',
      file('other.json', { ...order('CLI-1', { title: 'Mugs' }), reference: 'cli-1' }),
    );
    expect(other.stderr).toContain('These fields differ: title');
    expect(other.code).toBe(1);
    expect(atKeap('CLI-1')).toMatchObject([{ deleted: false, paid: 49.9 }]);
  });

  test('an order that fails ends start --wait with exit code 1', async () => {
    const { run } = theShop();
    const declined = order('CLI-2', { payment: { kind: 'charge', card: '72', merchantAccount: '9' } });
    const { code, stdout, stderr } = await run('start', 'keapOrder', write(declined), '--wait');
    expect(stderr).toContain('keapOrder/keap/sandbox/CLI-2 failed: the card was declined');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(atKeap('CLI-2')).toMatchObject([{ deleted: true }]);
  });

  test('status and follow take the workflow id or three words', async () => {
    const { run } = theShop();
    const started = await run('start', 'keapOrder', write(order('CLI-3')), '--wait');
    expect(started.code).toBe(0);
    const byId = await run('status', 'keapOrder/keap/sandbox/CLI-3');
    const byWords = await run('status', 'keapOrder', 'keap/sandbox', 'cli-3');
    expect(byId.stdout).toBe(byWords.stdout);
    expect(byId.stdout).toMatch(/state +completed\n/);
    expect(byId.stdout).toContain(`order ${atKeap('CLI-3')[0]?.jobId}`);
    const followed = await run('follow', 'keapOrder', 'keap/sandbox', 'CLI-3', '--json');
    const lines = followed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.at(-1).text).toBe('49.90 recorded as paid');
    expect(followed.code).toBe(0);
  });

  test('an order that is not known', async () => {
    const { code, stderr } = await theShop().run('status', 'keapOrder/keap/sandbox/NEVER');
    expect(stderr).toBe('keapOrder/keap/sandbox/NEVER is not known\n');
    expect(code).toBe(1);
  });

  test('cancel answers with the verdict, and its exit code says whether it was granted', async () => {
    const { run } = theShop();
    await run('start', 'keapOrder', write(order('CLI-4', later)));
    const canceled = await run('cancel', 'keapOrder/keap/sandbox/CLI-4', '--json');
    expect(JSON.parse(canceled.stdout)).toMatchObject({ verdict: 'stopped' });
    expect(canceled.code).toBe(0);
    expect(atKeap('CLI-4')).toEqual([]);

    await run('start', 'keapOrder', write(order('CLI-5')), '--wait');
    const late = await run('send', 'cancel', 'keapOrder', 'keap/sandbox', 'CLI-5');
    expect(late).toMatchObject({ code: 1, stdout: 'too-late: the order had been completed\n' });
    expect(atKeap('CLI-5')).toMatchObject([{ deleted: false, paid: 49.9 }]);
  });

  test('a hold is shown with the commands that answer it, and answered', async () => {
    const { run, sandbox } = theShop();
    // The reference is written first, the other fields after the payment.
    sandbox.keap.faults.add({ kind: 'business', operation: 'DataService.update:Job', nth: 2 });
    const fields = { connection: 'keap/xml', customFields: { 'Gift Message': 'Enjoy!' } };
    await run('start', 'keapOrder', write(order('CLI-6', fields)));
    const id = 'keapOrder/keap/xml/CLI-6';
    const held = await until(async () => (await run('status', id)).stdout, `waybill resolve ${id} hold-1 retry`);
    expect(held).toMatch(/state +running, held\n/);

    const wrong = await run('resolve', id, 'hold-7', 'retry');
    expect(wrong.stderr).toContain('hold-7 is not open');
    expect(wrong.code).toBe(1);
    const answer = JSON.stringify({ hold: 'hold-1', answer: 'retry' });
    const resolved = await run('send', 'resolve', id, '--data', answer);
    expect(resolved).toMatchObject({ code: 0, stdout: 'hold-1 is answered\n' });
    await until(async () => (await run('status', id)).stdout, 'completed');
    expect(atKeap('CLI-6')).toMatchObject([{ paid: 49.9, customFields: { _GiftMessage: 'Enjoy!' } }]);
  });

  test('an order at a warehouse is amended while it waits, canceled by a person there, and that person is believed after a look', async () => {
    const { run, sandbox } = theShop();
    const amendable = (quantity: number) => ({
      connection: 'logistics-plus/sandbox',
      reference: 'CLI-8',
      warehouseCode: 'LAW',
      shipToAddress: { address: { addressLine1: '12 Harbor Road', city: 'Tempe', postalCode: '85281', country: 'US' } },
      orderLines: [{ productCode: 'TEA-1', quantity }],
    });
    const id = 'logisticsPlusOrder/logistics-plus/sandbox/CLI-8';
    const { ledger, controls } = sandbox.logisticsPlus;
    await run('start', 'logisticsPlusOrder', file('CLI-8.json', amendable(6)));
    await until(async () => (await run('status', id)).stdout, 'running, waiting');

    const amended = await run('send', 'amend', id, file('CLI-8-more.json', amendable(8)));
    expect(amended).toMatchObject({ code: 0, stdout: 'done: the order and its shipments show it\n' });
    expect(ledger().orders[0]?.shipments[0]?.lines).toMatchObject([{ productCode: 'TEA-1', quantity: 8 }]);
    const moved = { ...amendable(8), warehouseCode: 'CLW' };
    const refused = await run('send', 'amend', id, '--data', JSON.stringify(moved));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('warehouseCode');

    const canceled = await run('cancel', id, '--json');
    expect(JSON.parse(canceled.stdout)).toMatchObject({ verdict: 'pending' });
    expect(canceled.code).toBe(0);
    const early = await run('resolve', id, 'hold-1', 'accept');
    expect(early.stderr).toContain('not canceled yet: shipment');
    expect(early.code).toBe(1);
    controls.cancel({ reference: 'CLI-8' });
    // The search of the imitation shows it a quarter of a second later.
    await vi.waitFor(async () => expect((await run('resolve', id, 'hold-1', 'accept')).code).toBe(0), 20_000);
    const ended = await until(async () => (await run('status', id)).stdout, 'canceled');
    expect(ended).toMatch(/undone +the order is canceled at the warehouse\n/);
    expect(ledger().orders).toMatchObject([{ status: 'CAN' }]);
  });

  test('replay is green for what the code made, names the event that differs, and is red for nothing', async () => {
    const { run, env } = theShop();
    await run('start', 'keapOrder', write(order('CLI-7')), '--wait');
    const green = await run('replay', '--query', 'WorkflowId = "keapOrder/keap/sandbox/CLI-7"');
    expect(green).toMatchObject({
      code: 0,
      stdout: 'same     keapOrder/keap/sandbox/CLI-7\n1 replayed, 0 differ from the current code\n',
    });

    const history = JSON.parse(await historyOf(env.TEMPORAL_ADDRESS ?? '', 'keapOrder/keap/sandbox/CLI-7'));
    const scheduled = history.events.filter(
      (event: { activityTaskScheduledEventAttributes?: object }) => event.activityTaskScheduledEventAttributes,
    );
    const [, changed] = scheduled;
    const was = changed.activityTaskScheduledEventAttributes.activityType.name;
    changed.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
    const red = await run('replay', file('changed.json', history));
    expect(red.code).toBe(1);
    expect(red.stdout).toContain(`differs  keapOrder/keap/sandbox/CLI-7 (keapOrder, run `);
    expect(red.stdout).toContain(`at event ${changed.eventId}, ActivityTaskScheduled somethingElse:`);
    expect(red.stdout).toContain(was);
    expect(red.stderr).toBe('');

    const nothing = await run('replay', '--query', 'WorkflowId = "nobody"');
    expect(nothing).toMatchObject({ code: 1, stderr: 'There was nothing to replay: no history was found.\n' });
  });

  test('the lines of the README compile, and start an order', async () => {
    const { env } = theShop();
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const readme = readFileSync(`${root}README.md`, 'utf8');
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const significant = code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('import'));
    expect(significant.length).toBeLessThanOrEqual(10);
    // Inside the package, so that its own name leads to its entry points.
    const folder = `${root}.waybill/readme-test/`;
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(`${folder}order.mts`, code);
      writeFileSync(`${folder}order.mjs`, code);
      const tsc = `${root}node_modules/typescript/bin/tsc`;
      const options = [
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        '--module',
        'nodenext',
        '--target',
        'es2023',
        '--types',
        'node',
      ];
      const run = promisify(execFile);
      await run(process.execPath, [tsc, '--ignoreConfig', ...options, `${folder}order.mts`]);
      // Not execFileSync: the sandbox answers from this process.
      const said = await run(process.execPath, [`${folder}order.mjs`], { env: { ...process.env, ...env } });
      const [made] = atKeap('SHOP-1001');
      expect(said.stdout).toBe(`order ${made?.jobId}, paid 49.90\n`);
      expect(made).toMatchObject({ paid: 49.9, deleted: false });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('a worker stops in order at SIGTERM, logs JSON without secrets, and warns of XML-RPC', async () => {
  const { run, startWorker } = theShop();
  await run('setup');
  const worker = await startWorker();
  const log = worker.stdout === null ? Promise.resolve('') : text(worker.stdout);
  let seen = '';
  worker.stdout?.on('data', (chunk) => {
    seen += chunk;
  });
  await vi.waitFor(() => expect(seen).toContain('worker started'), { timeout: 60_000 });
  worker.signal('SIGTERM');
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  const entries = (await log)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['worker started', 'worker stopped']));
  expect(entries.find(({ level }) => level === 'warn')?.msg).toContain('31 December 2026');
  expect(await log).not.toContain(keapSeed.serviceAccountKey);
  expect(await log).not.toContain(keapSeed.personalAccessToken);
});

async function historyOf(address: string, workflowId: string): Promise<string> {
  const connection = await Connection.connect({ address });
  try {
    return historyToJSON(await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory());
  } finally {
    await connection.close();
  }
}
