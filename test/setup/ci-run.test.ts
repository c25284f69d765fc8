import { expect, test } from 'vitest';
import { Clone } from './clone.js';

/** Runs .ci/run with an npm that does what the script says; `test` is its first argument. */
async function ciRun(npmTest: string): Promise<{ code: number; lastLine: string | undefined }> {
  const clone = new Clone();
  clone.write('.waybill/closing-line', '99 passed, 0 failed\n');
  clone.putCommand('npm', `[ "$1" = test ] || exit 99\n${npmTest}`);
  const { code, stdout } = await clone.run('.ci/run');
  return { code, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

const closingLine = (line: string): string => `echo '${line}' > .waybill/closing-line`;

test.for([
  ['all pass', closingLine('12 passed, 0 failed'), 0, '12 passed, 0 failed'],
  ['some fail', `${closingLine('12 passed, 10 failed')}; exit 1`, 1, '12 passed, 10 failed'],
  ['nothing has run', closingLine('0 passed, 0 failed'), 1, '0 passed, 0 failed'],
  ['the set-up, the format or the types fail before the tests', 'exit 2', 1, '0 passed, 1 failed'],
  ['the line of an earlier run is all there is', 'exit 0', 1, '0 passed, 1 failed'],
  ['something fails beside the tests', `${closingLine('12 passed, 0 failed')}; exit 1`, 1, '12 passed, 1 failed'],
] as const)('%s', async ([, npmTest, code, lastLine]) => {
  expect(await ciRun(npmTest)).toEqual({ code, lastLine });
});
