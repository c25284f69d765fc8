import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HistoryFileError, type Replayed, readHistory, replay } from '../../src/replay.js';
import { bundleChanged } from './changed-stories.js';

const histories = fileURLToPath(new URL('../stories/keap/histories', import.meta.url));
/** Any version's will do. */
const recordingOf = (scenario: string): string => {
  const name = readdirSync(histories).find((each) => each.endsWith(`-${scenario}.json`));
  if (name === undefined) throw new Error(`${scenario} was never recorded`);
  return join(histories, name);
};
const rest = recordingOf('happy-rest');
const xmlRpc = recordingOf('happy-xml-rpc');

let bundles: Readonly<Record<'same' | 'unmarked' | 'without keapOrder', WorkflowBundleOption>>;
let folder: string;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => {}),
    telemetryOptions: { logging: { filter: 'OFF' } },
  });
  folder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  bundles = await bundleChanged({
    same: [],
    unmarked: [
      { file: 'keap/order.ts', from: '  if (!made.marked) made = await keap.markOrder(want, made);\n', to: '' },
    ],
    'without keapOrder': [{ file: 'index.ts', from: "export { keapOrder } from './keap/order.js';\n", to: '' }],
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

async function replayed(paths: readonly string[], workflowBundle: WorkflowBundleOption): Promise<Replayed[]> {
  const all: Replayed[] = [];
  for await (const each of replay(paths.map(readHistory), { workflowBundle })) all.push(each);
  return all;
}

describe('a replay', () => {
  test('says of each history whose it is, in order, and that the code still does the same', async () => {
    const all = await replayed([rest, xmlRpc, rest], bundles.same);
    expect(all).toEqual(
      [rest, xmlRpc, rest].map((path) => ({
        workflowId: readHistory(path).workflowId,
        runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        story: 'keapOrder',
      })),
    );
  });

  test('names the first event that differs, and goes on to the next history', async () => {
    const [first, second, third] = await replayed([rest, xmlRpc, rest], bundles.unmarked);
    // REST puts the reference on the order when it creates it, so only XML-RPC has the step.
    expect([first?.difference, third?.difference]).toEqual([undefined, undefined]);
    const { events } = readHistory(xmlRpc).history as {
      events: { eventId: unknown; activityTaskScheduledEventAttributes?: { activityType?: { name?: string } } }[];
    };
    const marked = events.find(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'markOrder',
    );
    expect(second?.difference).toEqual({
      reason: expect.stringContaining('findLine'),
      event: { id: Number(marked?.eventId), type: 'ActivityTaskScheduled', name: 'markOrder' },
    });
  });

  test('of a story that is no longer there differs', async () => {
    const [only] = await replayed([rest], bundles['without keapOrder']);
    expect(only?.difference?.reason).toContain('keapOrder');
  });

  test('of nothing answers nothing', async () => {
    expect(await replayed([], bundles.same)).toEqual([]);
  });
});

describe('a history file', () => {
  const written = async (text: string): Promise<string> => {
    const path = join(folder, 'history.json');
    await writeFile(path, text);
    return path;
  };

  test('that is not there is named', () => {
    expect(() => readHistory('/nowhere/order.json')).toThrow(
      new HistoryFileError('/nowhere/order.json: the file cannot be read'),
    );
  });

  test.each(['', 'not JSON', '[]', '{}', '{"events":[]}', '{"events":[{"eventId":"1"}]}', 'null'])(
    'that holds %j is refused by name',
    async (text) => {
      const path = await written(text);
      expect(() => readHistory(path)).toThrow(`${path}: expected a history`);
    },
  );

  test('that lost its beginning is refused', async () => {
    const { events } = JSON.parse(await readFile(rest, 'utf8')) as { events: unknown[] };
    const path = await written(JSON.stringify({ events: events.slice(1) }));
    expect(() => readHistory(path)).toThrow('begins with the start of the run');
  });
});
