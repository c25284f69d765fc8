import type { HistoryAndWorkflowId } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Command } from 'commander';
import { historiesOf, type Replayed, readHistory, replay } from '../../replay.js';
import { BadInput, EXIT, Failed } from '../exit.js';
import { print } from '../print.js';
import { type TemporalFlags, temporalOptions, withClient } from '../temporal.js';

interface Flags extends TemporalFlags {
  readonly query?: string;
  readonly json?: boolean;
}

const HELP = `
Run it before you deploy. Each history is played against the code of this installation; nothing is sent anywhere.
Exit code 1 when one of them differs, and when there was nothing to replay.

Examples:
  waybill replay histories/*.json
  waybill replay --query 'WorkflowType = "keapOrder" AND ExecutionStatus = "Running"'
  temporal workflow show --workflow-id keapOrder/keap/acme/EXT-1001 --output json > order.json`;

export function addReplay(program: Command): void {
  temporalOptions(
    program
      .command('replay')
      .description('play recorded histories against the current code')
      .argument('[files...]', 'histories as `temporal workflow show --output json` writes them'),
  )
    .option('--query <query>', 'the histories of all runs on the server that this visibility query finds')
    .option('--json', 'one JSON object a line, for each history')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: Flags) => {
      if (files.length > 0 === (flags.query !== undefined)) {
        throw new BadInput('replay', ['expected either files or --query']);
      }
      beQuiet();
      const { query } = flags;
      if (query === undefined) return report(files.map(readHistory), flags);
      return withClient(flags, (client) => report(historiesOf(client, query), flags));
    });
}

async function report(
  histories: Iterable<HistoryAndWorkflowId> | AsyncIterable<HistoryAndWorkflowId>,
  { json }: Flags,
): Promise<void> {
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
