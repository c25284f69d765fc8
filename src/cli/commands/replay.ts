import type { Command } from 'commander';
import type { ReplayFlags } from '../run/replay.js';
import { temporalOptions } from '../temporal.js';

const HELP = `
Run it before you deploy. Each history is played against the code of this installation; nothing is sent anywhere.
Exit code 1 when one of them differs, and when there was nothing to replay.

Examples:
  waybill replay histories
  waybill replay --query 'WorkflowType = "keapOrder" AND ExecutionStatus = "Running"'
  temporal workflow show --workflow-id keapOrder/keap/acme/EXT-1001 --output json > order.json`;

export function addReplay(program: Command): void {
  temporalOptions(
    program
      .command('replay')
      .description('play recorded histories against the current code')
      .argument('[files...]', 'histories as `temporal workflow show --output json` writes them, and folders of them'),
  )
    .option('--query <query>', 'the histories of all runs on the server that this visibility query finds')
    .option('--json', 'one JSON object a line, for each history')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: ReplayFlags) => (await import('../run/replay.js')).runReplay(files, flags));
}
