import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { type Replayed, readHistory, replay } from '../../replay.js';
import { BadInput, EXIT, Failed } from '../exit.js';
import { print } from '../print.js';
import { type TemporalFlags, withClient } from '../temporal.js';

export interface ReplayFlags extends TemporalFlags {
  readonly query?: string;
  readonly json?: boolean;
}

/** Replays histories from files and folders, or those that a query finds. Throws when there is nothing to replay. */
export async function runReplay(files: readonly string[], flags: ReplayFlags): Promise<void> {
  const { query } = flags;
  if (files.length > 0 === (query !== undefined)) throw new BadInput('replay', ['expected either files or --query']);
  const histories = files.flatMap(filesAt).map(readHistory);
  beQuiet();
  if (query === undefined) return report(histories, flags);
  return withClient(flags, (client) => report(client.workflow.list({ query }).intoHistories(), flags));
}

/** A folder stands for the histories in it. */
function filesAt(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new BadInput(path, ['expected a folder with histories, files that end in .json']);
  return names.sort().map((name) => join(path, name));
}

async function report(histories: Parameters<typeof replay>[0], { json }: ReplayFlags): Promise<void> {
  let replayed = 0;
  let differing = 0;
  for await (const each of replay(histories)) {
    replayed++;
    if (each.difference !== undefined) differing++;
    print(json === true ? JSON.stringify(each) : describe(each));
  }
  if (replayed === 0) throw new Failed('There was nothing to replay: no history was found.');
  if (json !== true) print(`${replayed} replayed, ${differing} differ from the current code`);
  if (differing > 0) process.exitCode = EXIT.failed;
}

function describe({ workflowId, runId, story, difference }: Replayed): string {
  if (difference === undefined) return `same     ${workflowId}`;
  const { event, reason } = difference;
  const at =
    event === undefined
      ? 'before its first event'
      : `at event ${event.id}, ${event.type}${event.name === undefined ? '' : ` ${event.name}`}`;
  return `differs  ${workflowId} (${story}, run ${runId}) ${at}:\n         ${reason}`;
}

/** What differs is this command's own answer; Temporal's core would print each of them as a warning too. */
function beQuiet(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => {}),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
  });
}
