import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { demonstrations } from '../../sandbox/index.js';
import type { OrderHead } from '../../workflows/contract.js';
import { inputs, parse, parseInput, parseUpdate } from '../../workflows/inputs.js';
import { BadInput } from '../exit.js';
import { readJson } from '../read-json.js';
import { deedSchema, updateValue } from './deed.js';

const exampleSchema = z.strictObject({
  about: z.string().describe('What it shows, in a sentence'),
  story: z.enum([...inputs.keys()]),
  order: z.record(z.string(), z.unknown()).describe("The story's input"),
  happens: z.array(deedSchema).default([]).describe('What is done to the order, one after the other'),
  expect: z.strictObject({
    outcome: z.enum(['completed', 'failed', 'canceled', 'too-late', 'partly']),
    result: z.record(z.string(), z.unknown()).default({}).describe('Members that the result must have'),
    ledger: z
      .record(z.string(), z.union([z.number(), z.string()]))
      .describe("What the ledger of the platform's imitation must say in the end: each of its facts"),
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
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((name) => join(folder, name));
}

/** Reads an example. Throws {@link BadInput} when it, or the order in it, cannot be used. */
export function readExample(path: string): Example {
  const { value, source } = readJson(path);
  const parsed = parse(exampleSchema, value);
  if ('problems' in parsed) throw new BadInput(source, parsed.problems);
  const problems = [...problemsOfOrder(parsed.value), ...problemsOfDeeds(parsed.value)];
  if (problems.length > 0) throw new BadInput(source, problems);
  // The order as it was written: whoever starts it parses it again.
  return { ...parsed.value, name: basename(path, '.json'), order: parsed.value.order as unknown as OrderHead };
}

type Read = z.output<typeof exampleSchema>;

function problemsOfOrder({ story, order }: Read): string[] {
  const checked = parseInput(story, order);
  if ('problems' in checked) return checked.problems.map((problem) => `order.${problem}`);
  const known = [...demonstrations.values()].flatMap((each) => Object.keys(each.connections('')));
  if (known.includes(checked.value.connection)) return [];
  return [`order.connection: expected one of the sandbox, ${known.join(', ')}`];
}

function problemsOfDeeds({ story, order, happens }: Read): string[] {
  return happens.flatMap(({ send }, index) => {
    if (send === undefined) return [];
    const checked = parseUpdate(story, send.update, updateValue(order, send));
    return 'problems' in checked ? checked.problems.map((problem) => `happens[${index}].send: ${problem}`) : [];
  });
}
