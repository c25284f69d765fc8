import type { Command } from 'commander';
import { describeHappening } from '../describe-order.js';
import { EXIT } from '../exit.js';
import { ORDER_HELP, orderFrom } from '../order-words.js';
import { print } from '../print.js';
import { type TemporalFlags, temporalOptions, withWaybill } from '../temporal.js';

const HELP = `
Exit code 0 when the order was completed, 1 when it ended otherwise.

Examples:
  waybill follow keapOrder/keap/acme/EXT-1001
  waybill follow keapOrder keap/acme EXT-1001 --json`;

export function addFollow(program: Command): void {
  temporalOptions(
    program
      .command('follow')
      .description('tell what happened and happens to an order, until it has ended')
      .argument('<order...>', ORDER_HELP),
  )
    .option('--json', 'one JSON object a line')
    .addHelpText('after', HELP)
    .action((words: string[], flags: TemporalFlags & { readonly json?: boolean }) => {
      const { contract, head } = orderFrom(words);
      return withWaybill(flags, async (waybill) => {
        const order = waybill.order(contract, head);
        for await (const happening of order.follow()) {
          print(flags.json === true ? JSON.stringify(happening) : describeHappening(happening));
        }
        const { state } = await order.status();
        if (state !== 'completed') process.exitCode = EXIT.failed;
      });
    });
}
