import { defineConfig } from 'vitest/config';

const REAL_TIME = 'test/**/*-in-real-time.test.ts';
const CHAOS = 'test/proof/chaos.test.ts';

/** Tests that need a Temporal server. */
export const withServer = {
  globalSetup: 'test/global-setup.ts',
  // A story takes a second or two; beside dozens of others on two cores, with a worker killed or restarted, it may take a minute.
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/** How all tests run. */
export const common = {
  // The cores of a CI machine: the tests of stories keep them busy, and three at once come near their time-outs.
  maxWorkers: 2,
  // So many cases of one file at once; each has a shop of its own, and mostly waits.
  maxConcurrency: 8,
  // Temporal's native module does not survive worker threads.
  pool: 'forks',
} as const;

export default defineConfig({
  test: {
    ...common,
    // Many tests start processes: half a second each when alone, ten times that beside everything else.
    testTimeout: 20_000,
    reporters: ['default', './tools/closing-line.mjs'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/stories/**', 'test/server/**', CHAOS, REAL_TIME],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/stories/**/*.test.ts', 'test/server/**/*.test.ts'],
          exclude: [REAL_TIME],
          ...withServer,
        },
      },
      {
        extends: true,
        test: {
          name: 'real time',
          include: [REAL_TIME, CHAOS],
          // One after the other when all else is over: what is promised in time is promised to a machine that keeps up.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          ...withServer,
        },
      },
    ],
  },
});
