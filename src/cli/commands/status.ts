import type { Command } from 'commander';
import { describeStatus } from '../describe-order.js';
import { ORDER_HELP, orderFrom } from '../order-words.js';
import { print, printJson } from '../print.js';
import { type TemporalFlags, temporalOptions, withWaybill } from '../temporal.js';

const HELP = `
Answers also when no worker runs; then with what the Temporal server knows.

Examples:
  waybill status keapOrder/keap/acme/EXT-1001
  waybill status keapOrder keap/acme EXT-1001 --json`;

export function addStatus(program: Command): void {
  temporalOptions(
    program.command('status').description('show where an order stands').argument('<order...>', ORDER_HELP),
  )
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((words: string[], flags: TemporalFlags & { readonly json?: boolean }) => {
      const { contract, head } = orderFrom(words);
      return withWaybill(flags, async (waybill) => {
        const status = await waybill.order(contract, head).status();
        if (flags.json === true) printJson(status);
        else for (const line of describeStatus(status)) print(line);
      });
    });
}
