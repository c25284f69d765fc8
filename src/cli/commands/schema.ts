import type { Command } from 'commander';
import { z } from 'zod';
import { inputs } from '../../workflows/inputs.js';
import { BadInput } from '../exit.js';
import { contractOf } from '../order-words.js';
import { printJson } from '../print.js';

const HELP = `
Rules that JSON Schema cannot say (that the total is the sum of the lines, for one) are checked at the start.

Examples:
  waybill schema keapOrder > keap-order.schema.json
  waybill schema logisticsPlusOrder amend`;

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description("print the JSON Schema of a story's input")
    .argument('<story>', `one of ${[...inputs.keys()].join(', ')}`)
    .argument('[update]', 'an update of the story, to see what it takes')
    .addHelpText('after', HELP)
    .action((story: string, update?: string) => {
      const { name, title } = contractOf(story);
      const { schema, updates = {} } = inputs.get(name) ?? {};
      const wanted = update === undefined ? schema : updates[update];
      if (wanted === undefined) {
        const known = Object.keys(updates);
        throw new BadInput('update', [
          known.length === 0 ? `${name} has none of its own` : `expected one of ${known.join(', ')}, not "${update}"`,
        ]);
      }
      printJson({
        title: update === undefined ? title : `${title}: ${update}`,
        ...z.toJSONSchema(wanted, { io: 'input' }),
      });
    });
}
