import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { progressOn } from '../../processes/progress.js';
import { type Example, exampleFiles, readExample } from '../dev/example.js';
import { type Played, play } from '../dev/play.js';
import { type Stage, type StagePorts, setStage } from '../dev/stage.js';
import { differencesOf, placesToLook, tableOf } from '../dev/table.js';
import { BadInput, EXIT } from '../exit.js';
import { port } from '../numbers.js';
import { print } from '../print.js';
import { onSignals } from '../signals.js';

interface Flags extends StagePorts {
  readonly once?: boolean;
}

const HELP = `
Starts a Temporal server with its UI, the Keap sandbox and a worker, plays the orders of the examples from start to
end, shows how they ended, and stays up until Ctrl-C. Nothing is kept, and nothing goes on running, after its end.
With TEMPORAL_ADDRESS set the orders run on that server, which \`waybill setup\` has prepared.

Exit code 0 when each order ended as its example says it should; the sandbox's ledger is the judge.

Examples:
  waybill dev
  waybill dev --once
  waybill dev examples/4-declined.json --ui-port 9000`;

export function addDev(program: Command): void {
  program
    .command('dev')
    .description('run everything on this machine, and the example orders through it')
    .argument('[examples...]', 'examples to play (default: those of the folder examples/)')
    .option('--once', 'end when the orders have ended')
    .option('--port <number>', 'port of the Temporal server (default: 7233 if it is free)', port)
    .option('--ui-port <number>', 'port of the Temporal UI (default: 8233 if it is free)', port)
    .option('--sandbox-port <number>', 'port of the sandbox (default: 8234 if it is free)', port)
    .addHelpText('after', HELP)
    .action(dev);
}

async function dev(files: readonly string[], flags: Flags): Promise<void> {
  const examples = (files.length === 0 ? exampleFiles() : files).map(readExample);
  if (examples.length === 0) throw new BadInput('examples', ['expected at least one example']);
  let stage: Stage | undefined;
  const interrupted = new Promise<void>((resolve) => {
    // What was started so far is tethered to this process, and ends with it.
    onSignals(
      () => (stage === undefined ? process.exit(EXIT.failed) : resolve()),
      () => {
        stage?.ends.kill();
        process.exit(EXIT.failed);
      },
    );
  });
  stage = await setStage(flags, progressOn(process.stdout));
  const { folder, ends } = stage;
  let good = false;
  try {
    good = await Promise.race([perform(examples, stage, flags.once === true, interrupted), ends.broken]);
  } finally {
    print('Stopping: worker, sandbox, Temporal server …');
    await ends.stop();
    if (!good) print(`The logs are kept in ${folder}`);
  }
  if (good) await rm(folder, { recursive: true, force: true });
  else process.exitCode = EXIT.failed;
}

/** Plays the examples one after the other, and shows how they ended. True when each ended as it should. */
async function perform(
  examples: readonly Example[],
  stage: Stage,
  once: boolean,
  interrupted: Promise<void>,
): Promise<boolean> {
  const played: Played[] = [];
  for (const example of examples) {
    print(`\n${example.name}: ${example.about}`);
    const one = await Promise.race([play(example, stage, print), interrupted]);
    if (one === undefined) return false;
    played.push(one);
  }
  const differences = differencesOf(played);
  print(`\n${tableOf(played)}`);
  for (const line of [...differences, '', ...placesToLook(played, stage)]) print(line);
  if (!once) {
    print('\nEverything stays up until Ctrl-C.');
    await interrupted;
  }
  return differences.length === 0;
}
