import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { HistoryAndWorkflowId } from '@temporalio/client';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Replayed, readHistory, replay } from '../../src/replay.js';
import { bundleChanged, type Change } from '../replay/changed-stories.js';
import { harmlessForAll } from './harmless.js';
import { recordings, unrecorded } from './recordings.js';
import type { Scenarios } from './scenario.js';
import { quiet, storyBundle } from './serving.js';
import type { Account } from './tested.js';

/** A bundle takes a few seconds, more beside other tests. */
const TIMEOUT_MS = 120_000;

/** A replay takes a twentieth of a second; on a machine with ten times as much to do, ten times that. */
const REPLAY_MS = 500;

/** So many kinds of change that are made every day. */
const HARMLESS_LEAST = 10;

/** The name of a bundle beside those with a change that breaks something. */
const HARMLESS = 'all harmless changes';

/** What is changed in the code of a story, to see whether its recordings notice. */
export interface Changes {
  /** Breaks orders which are under way, each with a path on which it does. */
  readonly breaking: Readonly<Record<string, { readonly on: string; readonly change: Change }>>;
  /** Orders which are under way do not notice: words, and how long something takes. */
  readonly harmless: readonly Change[];
}

/** Replays the recordings of a story with its current code, and with code that was changed. */
export function testReplays<A extends Account>(of: Scenarios<A>, { breaking, harmless }: Changes): void {
  const files = recordings(of);
  const harmlessAll = [...harmlessForAll, ...harmless];
  beforeAll(quiet);

  describe('the recordings', () => {
    test('are there, for every scenario', () => {
      expect(files.length).toBeGreaterThan(0);
      expect(unrecorded(of)).toEqual([]);
    });

    test('hold no secret, and nobody who is not made up', () => {
      for (const path of files) {
        const text = readFileSync(path, 'utf8');
        const payloads = [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) => atob(data));
        expect(payloads.length, path).toBeGreaterThan(0);
        const all = [text, ...payloads].join('\n');
        expect(all, path).not.toContain(of.story.key);
        const hosts = all.match(/@[\w.-]+\.[a-z]{2,}/gi) ?? [];
        expect(new Set(hosts), path).toEqual(new Set(hosts.length === 0 ? [] : ['@example.com']));
      }
    });

    test(
      'replay with the current code, each of them',
      async () => {
        const replayed = await replayAll(files, await storyBundle());
        expect([...replayed.keys()]).toEqual(files.map((path) => basename(path)));
        const different = [...replayed].filter(([, { difference }]) => difference !== undefined);
        expect(Object.fromEntries(different)).toEqual({});
      },
      TIMEOUT_MS + files.length * REPLAY_MS,
    );
  });

  describe('a change of the stories', () => {
    let bundles: Readonly<Record<string, WorkflowBundleOption>>;
    const bundleOf = (name: string): WorkflowBundleOption => {
      const bundle = bundles[name];
      if (bundle === undefined) throw new Error(`there is no bundle for: ${name}`);
      return bundle;
    };
    beforeAll(async () => {
      const changesOf = Object.entries(breaking).map(([name, { change }]) => [name, [change]] as const);
      bundles = await bundleChanged({ ...Object.fromEntries(changesOf), [HARMLESS]: harmlessAll });
    }, TIMEOUT_MS);

    test.each(Object.entries(breaking))(
      'is caught: %s',
      async (name, { on }) => {
        const paths = files.filter((file) => file.endsWith(`-${on}.json`));
        const replayed = [...(await replayAll(paths, bundleOf(name))).values()];
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
        expect(harmlessAll.length).toBeGreaterThanOrEqual(HARMLESS_LEAST);
        const replayed = await replayAll(files, bundleOf(HARMLESS));
        expect(replayed.size).toBe(files.length);
        expect([...replayed.values()].filter(({ difference }) => difference !== undefined)).toEqual([]);
      },
      TIMEOUT_MS + files.length * REPLAY_MS,
    );

    test('that changes nothing is no control', async () => {
      const nothing = { file: 'once.ts', from: 'no such line', to: '' };
      await expect(bundleChanged({ nothing: [nothing] })).rejects.toThrow('found 0 times');
    });
  });
}

/** Each is read once: that takes a third of its replay. */
const read = new Map<string, HistoryAndWorkflowId>();

function historyAt(path: string): HistoryAndWorkflowId {
  const history = read.get(path) ?? readHistory(path);
  read.set(path, history);
  return history;
}

/** Replays recordings: what became of each, by its file. */
async function replayAll(
  paths: readonly string[],
  workflowBundle: WorkflowBundleOption,
): Promise<Map<string, Replayed>> {
  const replayed = new Map<string, Replayed>();
  const names = paths.map((path) => basename(path));
  for await (const each of replay(paths.map(historyAt), { workflowBundle })) {
    replayed.set(names[replayed.size] ?? '', each);
  }
  return replayed;
}
