#!/usr/bin/env node
import { endOf } from './cli/exit.js';
import { waybillProgram } from './cli/program.js';

// A reader such as `head` may leave early: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await waybillProgram().parseAsync();
} catch (error) {
  const { code, text } = await endOf(error);
  if (text !== '') process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
// Temporal's native runtime, once it was loaded, would keep the process from ending.
process.stdout.write('', () => process.exit());
