import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isAlive } from '../../tools/is-alive.mjs';
import { Clone } from './clone.js';

/** The watch looks twice a second; a loaded machine is slower to start things. */
const SOON = { timeout: 10_000 };

test('arguments reach dev', async () => {
  const clone = new Clone();
  const { code, stdout } = await clone.run(process.execPath, 'tools/start.mjs', '--once');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'dev --once\n' });
});

test('dev does not start when the set-up fails', async () => {
  const clone = new Clone();
  clone.write('src/broken.js', '');
  const { code, stdout } = await clone.run(process.execPath, 'tools/start.mjs');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

/** As npm does it: npm starts a shell, which starts the script. */
const LAUNCHER = `
  const { spawn } = require('node:child_process');
  const shell = spawn('sh', ['-c', 'node tools/start.mjs; exit $?'], { stdio: 'inherit' });
  process.on('SIGTERM', () => shell.kill());
  shell.on('exit', () => process.exit());`;

test.for(['SIGTERM', 'SIGKILL'] as const)('dev ends in order when npm ends by %s', async (signal) => {
  const clone = new Clone();
  clone.write(
    'src/cli.js',
    `process.once('SIGTERM', () => { console.log('in order'); process.exit(); });
     setInterval(() => {}, 1000);
     console.log(process.pid);`,
  );
  const launcher = clone.start(process.execPath, '-e', LAUNCHER);
  let printed = '';
  launcher.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await once(launcher.stdout ?? launcher, 'data');
  const pid = Number(printed);
  expect(isAlive(pid)).toBe(true);
  launcher.kill(signal);
  await expect.poll(() => isAlive(pid), SOON).toBe(false);
  await expect.poll(() => printed, SOON).toBe(`${pid}\nin order\n`);
});
