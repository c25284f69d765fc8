import { rm } from 'node:fs/promises';
import { progressOn } from '../../processes/progress.js';
import { type Example, exampleFiles, readExample } from '../dev/example.js';
import { type Played, play } from '../dev/play.js';
import type { StagePorts } from '../dev/ports.js';
import { type Stage, setStage } from '../dev/stage.js';
import { differencesOf, placesToLook, tableOf } from '../dev/table.js';
import { BadInput, EXIT } from '../exit.js';
import { print } from '../print.js';
import { onSignals } from '../signals.js';

export interface DevFlags extends StagePorts {
  readonly once?: boolean;
}

/** Sets the stage, plays the examples, and takes everything down again. */
export async function runDev(files: readonly string[], flags: DevFlags): Promise<void> {
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
    print('Stopping: worker, gateway, sandbox, Temporal server …');
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
