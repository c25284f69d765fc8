import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { common, withServer } from '../../vitest.config.js';

/** Where the tests of a story are: `logisticsPlusOrder` has `logistics-plus`, `keapSubscription` has `keap/subscription`. */
const folderOf = (story: string): string =>
  story
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/-order$/, '')
    .replace(/-subscription$/, '/subscription');

const FILES = '{faults,cancel,kills,crowd}.test.ts';

/** Of it only the number of cycles differs from `npm test`. */
const SUBSCRIPTION = 'test/stories/keap/subscription/subscription.test.ts';

const stories = (process.env.WAYBILL_CASES ?? 'all').split(' ').map((id) => id.replace(/\/.*/, ''));

/** The whole matrix, or those of its cases whose ids begin as `WAYBILL_CASES` says. */
export default defineConfig({
  test: {
    ...common,
    ...withServer,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    // Of the files only those matter that have a case which is asked for; that there is one, the table demands.
    passWithNoTests: true,
    reporters: ['default', 'proof/faults/table.ts'],
    include: stories.includes('all')
      ? [`test/stories/**/${FILES}`, SUBSCRIPTION]
      : stories.map((story) => `test/stories/${folderOf(story)}/${FILES}`),
  },
});
