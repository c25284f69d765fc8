import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Replayed, readHistory, replay } from '../../../src/replay.js';
import { keapSeed } from '../../../src/sandbox/index.js';
import { bundleChanged, type Change } from '../../replay/changed-stories.js';
import { recordings, unrecorded } from './recordings.js';
import { quiet, storyBundle } from './rig.js';

const files = recordings();
beforeAll(quiet);

/** A bundle takes a few seconds, more beside other tests; so do some hundred replays. */
const TIMEOUT_MS = 120_000;

/** Replays recordings: what became of each, by its file. */
async function replayAll(workflowBundle: WorkflowBundleOption, paths = files): Promise<Map<string, Replayed>> {
  const replayed = new Map<string, Replayed>();
  const names = paths.map((path) => basename(path));
  for await (const each of replay(paths.map(readHistory), { workflowBundle })) {
    replayed.set(names[replayed.size] ?? '', each);
  }
  return replayed;
}

describe('the recordings', () => {
  test('are there, for every scenario', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(unrecorded()).toEqual([]);
  });

  test('hold no secret, and nobody who is not made up', () => {
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      const payloads = [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) => atob(data));
      expect(payloads.length, path).toBeGreaterThan(0);
      const all = [text, ...payloads].join('\n');
      expect(all, path).not.toContain(keapSeed.serviceAccountKey);
      const hosts = all.match(/@[\w.-]+\.[a-z]{2,}/gi) ?? [];
      expect(new Set(hosts), path).toEqual(new Set(hosts.length === 0 ? [] : ['@example.com']));
    }
  });

  test(
    'replay with the current code, each of them',
    async () => {
      const replayed = await replayAll(await storyBundle());
      expect([...replayed.keys()]).toEqual(files.map((path) => basename(path)));
      const different = [...replayed].filter(([, { difference }]) => difference !== undefined);
      expect(Object.fromEntries(different)).toEqual({});
    },
    TIMEOUT_MS,
  );
});

const once = (from: string, to: string): Change => ({ file: 'once.ts', from, to });
const order = (from: string, to: string): Change => ({ file: 'keap/order.ts', from, to });

const UNDO_PAYMENT = "  undo('the payment is reversed', () => reversePayment());\n";
const TAKE_PAYMENT =
  '  const payment = Number(order.total) === 0 ? undefined : await once(keap.findPayment, keap.takePayment, want, made);\n';
const PREFLIGHT = '  const account = await keap.preflight(order);\n';
const FIND_PRODUCTS = '  const products = await keap.findProducts(order);\n';

/** Changes that break orders which are under way, each with a path on which it does. */
const breaking: Record<string, { readonly on: string; readonly change: Change }> = {
  'two steps swapped': {
    on: 'happy-rest',
    change: order(PREFLIGHT + FIND_PRODUCTS, FIND_PRODUCTS + PREFLIGHT),
  },
  'an undo registered after its step': {
    on: 'payment-lost-for-good-and-abandoned-rest',
    change: order(UNDO_PAYMENT + TAKE_PAYMENT, TAKE_PAYMENT + UNDO_PAYMENT),
  },
  'no scope that a cancel cannot reach': {
    on: 'canceled-by-button-after-payment-rest',
    change: {
      file: 'story.ts',
      from: 'return CancellationScope.nonCancellable(() => tell(contract, body, input, root));',
      to: 'return tell(contract, body, input, root);',
    },
  },
  'an open outcome that a cancel can reach': {
    on: 'canceled-by-button-while-a-request-is-lost-rest',
    change: {
      file: 'cancel.ts',
      from: 'return await CancellationScope.nonCancellable(call);',
      to: 'return await call();',
    },
  },
  'undone oldest first': {
    on: 'canceled-by-button-after-payment-xml-rpc',
    change: { file: 'saga.ts', from: 'run.undos.splice(0).reverse()', to: 'run.undos.splice(0)' },
  },
  'no pause before looking again': {
    on: 'create-lost-and-sent-again-rest',
    change: once(
      "    await sleep(Math.max(1, end + paced(after, pace) - Date.now()), {\n      summary: 'then look again whether the lost request was done',\n    });\n",
      '',
    ),
  },
  'no look for doubles': {
    on: 'create-lost-and-sent-again-rest',
    change: once('if (open) kit.doubleChecks.push(doubleCheck(subject));', ''),
  },
};

/** Changes that orders which are under way do not notice: words, logs, and how long something takes. */
const harmless: readonly Change[] = [
  { file: 'keap/steps.ts', from: "says: 'create the order',", to: "says: 'make the order'," },
  { file: 'keap/steps.ts', from: "done: () => 'custom fields set'", to: "done: () => 'the fields are set'" },
  { file: 'keap/steps.ts', from: '[2, 5, 10, 20, 40, 70]', to: '[3, 6, 12, 24, 48, 96]' },
  { file: 'timing.ts', from: 'attempt: 90 * SECOND', to: 'attempt: 120 * SECOND' },
  { file: 'cancel.ts', from: "'cancel asked for'", to: "'somebody wants it stopped'" },
  { file: 'status.ts', from: "['phase', run.phase],", to: "['where it stands', run.phase]," },
  order(
    "import { causeOf } from '../cause.js';\n",
    "import { log } from '@temporalio/workflow';\nimport { causeOf } from '../cause.js';\n",
  ),
  order(PREFLIGHT, `  log.info('begins');\n${PREFLIGHT}`),
];

describe('a change of the stories', () => {
  test.each(Object.entries(breaking))(
    'is caught: %s',
    async (_, { on, change }) => {
      const path = files.filter((file) => file.endsWith(`-${on}.json`));
      const replayed = [...(await replayAll(await bundleChanged([change]), path)).values()];
      expect(replayed.length).toBeGreaterThan(0);
      for (const { difference } of replayed) {
        expect(difference?.reason).toMatch(/TMPRL1100|nondeterminis/i);
        expect(difference?.event?.id).toBeGreaterThan(1);
      }
    },
    TIMEOUT_MS,
  );

  test(
    'raises no alarm when it is one of words, logs or durations',
    async () => {
      const replayed = await replayAll(await bundleChanged(harmless));
      expect(replayed.size).toBe(files.length);
      expect([...replayed.values()].filter(({ difference }) => difference !== undefined)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test('that changes nothing is no control', async () => {
    await expect(bundleChanged([order('no such line', '')])).rejects.toThrow('found 0 times');
  });
});
