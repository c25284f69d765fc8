import type { Command } from 'commander';
import { z } from 'zod';
import { inputs } from '../../workflows/inputs.js';
import { contractOf } from '../order-words.js';
import { printJson } from '../print.js';

const HELP = `
Rules that JSON Schema cannot say (that the total is the sum of the lines, for one) are checked at the start.

Example:
  waybill schema keapOrder > keap-order.schema.json`;

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description("print the JSON Schema of a story's input")
    .argument('<story>', `one of ${[...inputs.keys()].join(', ')}`)
    .addHelpText('after', HELP)
    .action((story: string) => {
      const { name, title } = contractOf(story);
      const schema = inputs.get(name)?.schema;
      if (schema !== undefined) printJson({ title, ...z.toJSONSchema(schema, { io: 'input' }) });
    });
}
