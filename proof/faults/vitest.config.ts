import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { common, withServer } from '../../vitest.config.js';

/** Where the tests of a story are: `logisticsPlusOrder` has `logistics-plus`, `keapSubscription` has `keap/subscription`. */
const folderOf = (story: string): string =>
  story
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/-order$/, '')
    .replace(/-subscription$/, '/subscription');

const FILES = ['faults', 'cancel', 'kills', 'crowd'];

/** Which of them has the cases of a kind. All others are tried by the one that has the faults. */
const fileOf: Readonly<Record<string, string>> = { cancels: 'cancel', kills: 'kills', crowd: 'crowd' };

/** Of it only the number of cycles differs from `npm test`. */
const SUBSCRIPTION = 'test/stories/keap/subscription/subscription.test.ts';

const ids = (process.env.WAYBILL_CASES ?? 'all').split(' ');

function filesOf(id: string): string[] {
  const [story = '', kind] = id.split('/');
  const files = kind === undefined ? FILES : [fileOf[kind] ?? 'faults'];
  return files.map((file) => `test/stories/${folderOf(story)}/${file}.test.ts`);
}

/** The whole matrix, or those of its cases whose ids begin as `WAYBILL_CASES` says. */
export default defineConfig({
  test: {
    ...common,
    ...withServer,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    // Of the files only those matter that have a case which is asked for; that there is one, the table demands.
    passWithNoTests: true,
    reporters: ['default', 'proof/faults/table.ts'],
    include: ids.includes('all') ? [`test/stories/**/{${FILES.join()}}.test.ts`, SUBSCRIPTION] : ids.flatMap(filesOf),
  },
});
