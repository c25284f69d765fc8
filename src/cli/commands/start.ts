import type { Command } from 'commander';
import { expectStartable } from '../../client/startable.js';
import type { Order, Started, Waybill } from '../../client.js';
import { parseInput } from '../../workflows/inputs.js';
import { expectCarried } from '../connections-file.js';
import { describeHappening, describeResult } from '../describe-order.js';
import { BadInput, EXIT } from '../exit.js';
import { contractOf } from '../order-words.js';
import { print, printJson, remark } from '../print.js';
import { readJson } from '../read-json.js';
import { type TemporalFlags, temporalOptions, withWaybill } from '../temporal.js';

interface Flags extends TemporalFlags {
  readonly taskQueue?: string;
  readonly connections?: string;
  readonly wait?: boolean;
  readonly again?: boolean;
  readonly json?: boolean;
}

const HELP = `
The order is checked before anything is started. The same reference is the same order: started again
it is joined, or its result is shown; with other content the start is refused.

Examples:
  waybill start keapOrder order.json
  waybill start keapOrder order.json --wait
  jq .order examples/1-paid.json | waybill start keapOrder -`;

export function addStart(program: Command): void {
  const command = program
    .command('start')
    .description('start an order, or join it when it is under way')
    .argument('<story>', 'which kind of order, e.g. keapOrder')
    .argument('<file>', 'the order as JSON; - for standard input');
  temporalOptions(command)
    .option('--task-queue <name>', 'task queue of the workers (default: waybill)')
    .option(
      '--connections <file>',
      'check the order against these connections (default: waybill.json, if there is one)',
    )
    .option('--wait', 'wait until it has ended, and say what happens; exit code 1 when it was not completed')
    .option('--again', 'start anew although an earlier run left something to a person')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((story: string, file: string, flags: Flags) => start(story, file, flags));
}

async function start(story: string, file: string, flags: Flags): Promise<void> {
  const contract = contractOf(story);
  expectStartable(contract);
  const { value, source } = readJson(file);
  const parsed = parseInput(story, value);
  if ('problems' in parsed) throw new BadInput(source, parsed.problems);
  await expectCarried(flags.connections, source, story, parsed.value);
  await withWaybill(flags, async (waybill: Waybill) => {
    const order = await waybill.start(contract, value, { again: flags.again === true });
    if (flags.wait === true) await wait(order, flags.json === true);
    else if (flags.json === true) printJson({ workflowId: order.workflowId, how: order.how });
    else print(`${order.workflowId} ${saysHow[order.how]}`);
  });
}

const saysHow: Record<Started, string> = {
  started: 'started',
  joined: 'is under way already: joined',
  finished: 'had been completed before',
};

async function wait(order: Order & { readonly how: Started }, json: boolean): Promise<void> {
  remark(`${order.workflowId} ${saysHow[order.how]}`);
  for await (const happening of order.follow()) remark(describeHappening(happening));
  const result = await order.result();
  if (json) printJson(result);
  else for (const line of describeResult(order.workflowId, { ...result })) print(line);
  if (result.outcome !== 'completed') process.exitCode = EXIT.failed;
}
