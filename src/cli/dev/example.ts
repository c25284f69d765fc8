import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { OrderHead } from '../../workflows/contract.js';
import { inputs, parse, parseInput } from '../../workflows/inputs.js';
import { BadInput } from '../exit.js';
import { readJson } from '../read-json.js';

/** What the ledger of the sandbox must say about an example's order in the end. */
const ledgerFacts = z.strictObject({
  created: z.int().describe('Orders that came to be, those included that were deleted again'),
  deleted: z.int(),
  lines: z.int().describe('Lines of the orders that are left'),
  payments: z.int().describe('Payments that brought money'),
  paid: z.string().describe('Their sum less what was given back, with two decimals'),
  createRequests: z.int().describe('How often the creation of an order was asked for'),
});

const exampleSchema = z.strictObject({
  about: z.string().describe('What it shows, in a sentence'),
  story: z.enum([...inputs.keys()]),
  order: z.record(z.string(), z.unknown()).describe("The story's input"),
  happens: z
    .strictObject({
      fault: z
        .looseObject({ kind: z.string(), operation: z.string() })
        .optional()
        .describe('A fault of the sandbox, which must strike'),
      killWorker: z
        .strictObject({ after: z.string() })
        .optional()
        .describe('The worker gets SIGKILL when the platform has done this operation and before it has answered'),
      cancel: z
        .strictObject({ in: z.string() })
        .optional()
        .describe('The order is asked to cancel when it has reached this phase'),
    })
    .default({})
    .describe('What is done to the order'),
  expect: z.strictObject({
    outcome: z.enum(['completed', 'failed', 'canceled', 'too-late', 'partly']),
    ledger: ledgerFacts,
  }),
});

/** An order together with what happens to it and how it must end. */
export type Example = Omit<z.output<typeof exampleSchema>, 'order'> & {
  readonly name: string;
  readonly order: OrderHead;
};

/** The examples that come with Waybill, in the order in which they are played. */
export function exampleFiles(): string[] {
  const folder = fileURLToPath(new URL('../../../examples', import.meta.url));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads an example. Throws {@link BadInput} when it, or the order in it, cannot be used. */
export function readExample(path: string): Example {
  const { value, source } = readJson(path);
  const parsed = parse(exampleSchema, value);
  if ('problems' in parsed) throw new BadInput(source, parsed.problems);
  const { story, order } = parsed.value;
  const checked = parseInput(story, order);
  if ('problems' in checked)
    throw new BadInput(
      source,
      checked.problems.map((problem) => `order.${problem}`),
    );
  // The order as it was written: whoever starts it parses it again.
  return { ...parsed.value, name: basename(path, '.json'), order: order as unknown as OrderHead };
}
