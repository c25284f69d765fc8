import type { Command } from 'commander';
import { BadInput, EXIT } from '../exit.js';
import { type NamedOrder, ORDER_HELP, orderFrom, takeOrder } from '../order-words.js';
import { print, printJson } from '../print.js';
import { parseJson, readJson } from '../read-json.js';
import { type TemporalFlags, temporalOptions, withWaybill } from '../temporal.js';
import { allUpdates, type Update, updatesOf } from '../updates.js';

interface Flags extends TemporalFlags {
  readonly json?: boolean;
}

const CANCEL_HELP = `
Answers within seconds: stopped, too-late, partly, or pending, when it is not decided yet; the verdict then follows
in \`waybill status\`. Exit code 1 for too-late and partly.

Examples:
  waybill cancel keapOrder/keap/acme/EXT-1001
  waybill cancel keapOrder keap/acme EXT-1001 --json`;

const RESOLVE_HELP = `
\`waybill status\` shows the hold, its question and the answers that it takes.

Examples:
  waybill resolve keapOrder/keap/acme/EXT-1001 hold-1 retry
  waybill resolve keapOrder/keap/acme/EXT-1001 hold-1 retry --input correction.json
  waybill resolve keapOrder/keap/acme/EXT-1001 hold-1 accept --id 2075`;

const SEND_HELP = `
Updates, and what is sent with them:
${[...allUpdates()].map(([name, { takes }]) => `  ${name.padEnd(9)} ${takes}`).join('\n')}

Examples:
  waybill send cancel keapOrder/keap/acme/EXT-1001
  waybill send amend logisticsPlusOrder/logistics-plus/acme/EXT-1001 order.json
  waybill send resolve keapOrder/keap/acme/EXT-1001 answer.json
  waybill send resolve keapOrder/keap/acme/EXT-1001 --data '{ "hold": "hold-1", "answer": "retry" }'`;

export function addUpdates(program: Command): void {
  const cancel = program
    .command('cancel')
    .description('ask for an order to be stopped and taken back')
    .argument('<order...>', ORDER_HELP);
  answering(cancel, CANCEL_HELP).action((words: string[], flags: Flags) =>
    ask('cancel', orderFrom(words), undefined, 'cancel', flags),
  );

  const resolve = program
    .command('resolve')
    .description('answer the question that an order waits for')
    .usage('[options] <order> <hold> <answer>')
    .argument('<words...>', `order: ${ORDER_HELP}; hold: its id; answer: retry, accept, abandon, done or leave`);
  answering(resolve, RESOLVE_HELP)
    .option('--id <id>', "with accept: the platform's id of what was done by hand")
    .option('--input <file>', 'with retry: corrected members of the order as JSON; - for standard input')
    .action((words: string[], flags: Flags & { readonly id?: string; readonly input?: string }) => {
      const { order, rest } = takeOrder(words);
      const [hold, answer, ...more] = rest;
      if (more.length > 0) throw new BadInput('resolve', ['expected an order, a hold and an answer, and nothing more']);
      const input = flags.input === undefined ? undefined : readJson(flags.input).value;
      const payload = { hold, answer, ...(flags.id && { id: flags.id }), ...(input !== undefined && { input }) };
      return ask('resolve', order, payload, 'resolve', flags);
    });

  const send = program
    .command('send')
    .description('send an update to an order')
    .usage('[options] <update> <order> [file]')
    .argument('<update>', `one of ${[...allUpdates().keys()].join(', ')}`)
    .argument('<words...>', `order: ${ORDER_HELP}; file: what is sent, as JSON; - for standard input`);
  answering(send, SEND_HELP)
    .option('--data <json>', 'what is sent, in place of a file')
    .action((update: string, words: string[], flags: Flags & { readonly data?: string }) => {
      const { order, rest } = takeOrder(words);
      const { value, source } = payloadOf(rest, flags.data);
      return ask(update, order, value, source, flags);
    });
}

function answering(command: Command, help: string): Command {
  return temporalOptions(command).option('--json', 'answer as JSON').addHelpText('after', help);
}

function payloadOf(rest: readonly string[], data: string | undefined): { value?: unknown; source: string } {
  const [file, ...more] = rest;
  if (more.length > 0 || (file !== undefined && data !== undefined)) {
    throw new BadInput('send', ['expected one file or --data, and nothing more']);
  }
  if (data !== undefined) return { value: parseJson(data, '--data'), source: '--data' };
  return file === undefined ? { source: 'send' } : readJson(file);
}

async function ask(
  name: string,
  { contract, head }: NamedOrder,
  payload: unknown,
  source: string,
  flags: Flags,
): Promise<void> {
  const updates = updatesOf(contract.name);
  const update: Update | undefined = updates.get(name);
  if (update === undefined) {
    throw new BadInput('update', [`expected one of ${[...updates.keys()].join(', ')}, not "${name}"`]);
  }
  const send = update.send(payload, source);
  await withWaybill(flags, async (waybill) => {
    const { answer, text, granted } = await send(waybill.order(contract, head));
    if (flags.json === true) printJson(answer);
    else print(text);
    if (!granted) process.exitCode = EXIT.failed;
  });
}
