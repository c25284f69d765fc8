import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { Client, Connection } from '@temporalio/client';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { exampleFiles, readExample } from '../../src/cli/dev/example.js';
import { isAlive } from '../../tools/is-alive.mjs';
import { openShop } from './shop.js';
import { buildFirst, cli, inFolder, waybill } from './waybill.js';

buildFirst();
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** The whole demonstration takes four minutes; on a busy machine an order may be called stuck only after three. */
const ALL_EXAMPLES_MS = 600_000;

const file = inFolder();

const env = { TEMPORAL_ADDRESS: undefined };
const canceled = () => {
  const { name: _, ...example } = readExample(exampleFiles().find((path) => path.includes('canceled')) ?? '');
  return example;
};

describe('waybill dev --once', () => {
  test('plays every example, and each ends as it should', { timeout: ALL_EXAMPLES_MS }, async () => {
    const { code, stdout } = await waybill(['dev', '--once'], { env });
    const references = exampleFiles().map((path) => readExample(path).order.reference);
    for (const reference of references) expect(stdout).toMatch(new RegExp(`│ ${reference} +│.* yes +│`));
    expect(stdout).toContain('EXAMPLE-2  order 2076 found by reference');
    expect(stdout).toContain('EXAMPLE-3  payment 5203 found by reference');
    expect(stdout).toContain('EXAMPLE-4  taken back: the unpaid order is gone');
    expect(stdout).toMatch(/EXAMPLE-7 +│ completed .*\n│ +│ SHIPPED_WITH_DIFFERENCE │/);
    expect(stdout).toContain('EXAMPLE-8  amend: the order and its shipments show it');
    expect(stdout).toMatch(/EXAMPLE-9 {2}held: Have order \w+ canceled at warehouse LAW/);
    expect(stdout).toContain('EXAMPLE-9  hold-1 has settled itself');
    expect(stdout).toMatch(/EXAMPLE-10 {2}order (\d+) Shipped, order \1\.001 Back Order/);
    expect(stdout).toContain('EXAMPLE-11  taken back: the order is gone');
    expect(stdout).toMatch(/EXAMPLE-12 {2}order \d+ tagged for cancellation/);
    expect(stdout).toMatch(/5812045 {2}line B found as item \d+/);
    expect(stdout).toContain('5812046  taken back: line A is canceled');
    expect(stdout).toMatch(/\/namespaces\/default\/workflows\/keapOrder%2Fkeap%2Fsandbox%2FEXAMPLE-1\n/);
    expect(stdout.match(/31 December 2026/g)).toHaveLength(1);
    expect(code).toBe(0);
  });

  test('is red when an example does not end as it should, or what it shows did not happen', async () => {
    const example = canceled();
    const wrong = file('wrong.json', {
      ...example,
      happens: [{ fault: { kind: 'reset-after', operation: 'orders.create' } }, ...example.happens],
      expect: { outcome: 'completed', ledger: { ...example.expect.ledger, created: 1 } },
    });
    const { code, stdout } = await waybill(['dev', wrong, '--once'], { env });
    expect(stdout).toMatch(/│ EXAMPLE-5 │.* NO +│/);
    expect(stdout).toContain('EXAMPLE-5: the fault reset-after did not strike');
    expect(stdout).toContain('EXAMPLE-5: the outcome is canceled, expected completed');
    expect(stdout).toContain('EXAMPLE-5: the ledger says created 0, expected 1');
    expect(code).toBe(1);
  });

  test('names a port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, stderr } = await waybill(['dev', '--once', '--sandbox-port', String(port)], { env });
    holder.close();
    expect(stderr).toContain(
      `Port ${port} on 127.0.0.1, asked for as the sandbox's port, is taken by another program.`,
    );
    expect(code).toBe(1);
  });
});

describe('nothing survives waybill dev', () => {
  const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();
  afterAll(() => {
    for (const dev of running) dev.kill('SIGKILL');
  });

  /** Starts it, and waits until the orders have ended. */
  async function up() {
    const dev = spawn(process.execPath, [cli, 'dev', file('canceled.json', canceled())], {
      env: { ...process.env, ...env },
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(dev);
    let said = '';
    dev.stdout.on('data', (text) => {
      said += text;
    });
    dev.stderr.on('data', (text) => {
      said += text;
    });
    const exited = once(dev, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    await vi.waitFor(() => expect(said).toContain('Everything stays up until Ctrl-C.'), { timeout: 90_000 });
    const found = (pattern: RegExp) => Number(pattern.exec(said)?.[1]);
    return {
      dev,
      exited,
      worker: found(/Worker: process (\d+)/),
      ports: [
        found(/Temporal UI +http:\/\/127\.0\.0\.1:(\d+)/),
        found(/Sandbox of keap: http:\/\/127\.0\.0\.1:(\d+)/),
        found(/Sandbox of logistics-plus: http:\/\/127\.0\.0\.1:(\d+)/),
        found(/Gateway for webhooks: http:\/\/127\.0\.0\.1:(\d+)/),
      ],
    };
  }

  async function expectGone({ worker, ports }: { worker: number; ports: number[] }) {
    // After its grace of five seconds a tether ends what has not ended by itself.
    await vi.waitFor(
      async () => {
        expect(isAlive(worker)).toBe(false);
        for (const port of ports) expect(await listens(port)).toBe(false);
      },
      { timeout: 20_000, interval: 200 },
    );
  }

  test('Ctrl-C', async () => {
    const { dev, exited, ...rest } = await up();
    expect(isAlive(rest.worker)).toBe(true);
    for (const port of rest.ports) expect(await listens(port)).toBe(true);
    dev.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
    await expectGone(rest);
  });

  test('a second Ctrl-C', async () => {
    const { dev, exited, ...rest } = await up();
    dev.kill('SIGINT');
    dev.kill('SIGINT');
    const [code] = await exited;
    // The first may have been done with before the second was heard.
    expect([0, 1]).toContain(code);
    await expectGone(rest);
  });

  test('SIGKILL', async () => {
    const { dev, exited, ...rest } = await up();
    dev.kill('SIGKILL');
    await exited;
    await expectGone(rest);
  });
});

describe('with TEMPORAL_ADDRESS', () => {
  const theShop = openShop(file);

  test('it is a guest on that server, which must have been set up', async () => {
    const { run, env } = theShop();
    const example = file('guest.json', canceled());
    const early = await run('dev', example, '--once');
    expect(early.stderr).toContain('lacks search attributes');
    expect(early.code).toBe(1);
    await run('setup');
    for (const _ of ['once', 'again, beside the order of the first time']) {
      const { code, stdout } = await run('dev', example, '--once');
      expect(stdout).toContain(`Temporal server: the one at ${env.TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`);
      expect(stdout).toMatch(/│ EXAMPLE-5-\w+ │ canceled .* yes +│/);
      expect(code).toBe(0);
    }
  });

  test('an order of the platform keeps its id there, and has other lines each time', async () => {
    const { run } = theShop();
    await run('setup');
    const example = exampleFiles().find((path) => path.includes('line-shipped')) ?? '';
    for (const _ of ['once', 'again, after the order of the first time has completed']) {
      const { code, stdout } = await run('dev', example, '--once');
      expect(stdout).toMatch(/5812044 {2}line GIFT-1-\w+ added as item \d+/);
      expect(stdout).toMatch(/│ 5812044 │ completed .* yes +│/);
      expect(code).toBe(0);
    }
  });

  test('nothing of it goes on running there', async () => {
    const { run, env } = theShop();
    await run('setup');
    const shipped = exampleFiles().find((path) => path.includes('6-shipped')) ?? '';
    const { code, stdout } = await run('dev', shipped, '--once');
    expect(stdout).toMatch(/│ EXAMPLE-6-\w+ │ completed .* yes +│/);
    expect(code).toBe(0);
    const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS ?? '' });
    const { workflow } = new Client({ connection });
    expect((await workflow.count('WorkflowType = "hints"')).count).toBeGreaterThan(0);
    // The server lists what it did a moment ago.
    await expect.poll(async () => (await workflow.count('ExecutionStatus = "Running"')).count).toBe(0);
    await connection.close();
  });
});

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
