import { z } from 'zod';
import { bigcommerceOrder } from './bigcommerce/contract.js';
import { bigcommerceOrderInput, bigcommercePaidInput, bigcommerceShipInput } from './bigcommerce/input.js';
import type { Contract, OrderHead, Resolve, Updates } from './contract.js';
import { flxpointOrder } from './flxpoint/contract.js';
import { flxpointLinesInput, flxpointOrderInput, flxpointShipInput } from './flxpoint/input.js';
import { infoplusOrder } from './infoplus/contract.js';
import { infoplusOrderInput, infoplusReleaseInput } from './infoplus/input.js';
import { expected, problemsOf } from './input.js';
import { keapOrder } from './keap/contract.js';
import { keapOrderInput } from './keap/input.js';
import { keapSubscription, keapSubscriptionCycle } from './keap/subscription/contract.js';
import {
  keapPauseInput,
  keapResumeInput,
  keapSubscriptionCycleInput,
  keapSubscriptionInput,
} from './keap/subscription/input.js';
import { logisticsPlusOrder } from './logistics-plus/contract.js';
import { logisticsPlusOrderInput } from './logistics-plus/input.js';

/** A contract together with the schema of its input. */
export interface Entry {
  readonly contract: Contract;
  readonly schema: z.ZodType<OrderHead>;
  /** What each of the story's own updates takes. */
  readonly updates: Readonly<Record<string, z.ZodType>>;
}

const entry = <I extends OrderHead, R extends object, U extends Updates>(
  contract: Contract<I, R, U>,
  schema: z.ZodType<I>,
  updates: { readonly [K in keyof U]: z.ZodType<U[K]> },
): Entry => ({ contract: contract as unknown as Contract, schema, updates });

/** Every story's input, by the name of the story. For client and activities only: stories never load a schema. */
export const inputs: ReadonlyMap<string, Entry> = new Map(
  [
    entry(keapOrder, keapOrderInput, {}),
    entry(bigcommerceOrder, bigcommerceOrderInput, { paid: bigcommercePaidInput, ship: bigcommerceShipInput }),
    entry(keapSubscription, keapSubscriptionInput, {
      pause: keapPauseInput,
      resume: keapResumeInput,
      end: keapPauseInput,
    }),
    entry(keapSubscriptionCycle, keapSubscriptionCycleInput, {}),
    entry(logisticsPlusOrder, logisticsPlusOrderInput, { amend: logisticsPlusOrderInput }),
    entry(infoplusOrder, infoplusOrderInput, { amend: infoplusOrderInput, release: infoplusReleaseInput }),
    entry(flxpointOrder, flxpointOrderInput, { addLines: flxpointLinesInput, ship: flxpointShipInput }),
  ].map((each) => [each.contract.name, each]),
);

/** A value, or everything that is wrong with it: one sentence a problem, naming the field and what is expected. */
export type Parsed<T> = { readonly value: T } | { readonly problems: readonly string[] };

/**
 * An order goes with each of its steps, and a history ends at 50 MiB; one that is larger than this is no order. In
 * characters of its JSON form.
 */
const LARGEST_INPUT = 256 * 1024;

/** Parses the input of a story. */
export function parseInput(story: string, input: unknown): Parsed<OrderHead> {
  const known = inputs.get(story);
  if (known === undefined) return { problems: [`story: one of ${[...inputs.keys()].join(', ')}`] };
  return sized(parse(known.schema, input));
}

/** Parses what an update of a story's own takes. */
export function parseUpdate(story: string, update: string, value: unknown): Parsed<unknown> {
  const { updates = {} } = inputs.get(story) ?? {};
  const schema = updates[update];
  if (schema !== undefined) return sized(parse(schema, value));
  const known = Object.keys(updates).join(', ');
  return { problems: [`update: ${story} takes ${known === '' ? 'none of its own' : known}, not "${update}"`] };
}

function sized<T>(parsed: Parsed<T>): Parsed<T> {
  if ('problems' in parsed) return parsed;
  const size = JSON.stringify(parsed.value).length;
  if (size <= LARGEST_INPUT) return parsed;
  return { problems: [`the input: has ${size} characters as JSON; expected ${LARGEST_INPUT} at most`] };
}

const answers = ['retry', 'accept', 'abandon', 'done', 'leave'] as const;

/** Longer than the id of anything at a platform. */
const LONGEST_ID = 64;
const idRule = `an id of 1 to ${LONGEST_ID} characters, as text`;

const resolveSchema = z.strictObject(
  {
    hold: z.string(expected('the id of a hold, e.g. "hold-1"')),
    answer: z.enum(answers, expected(`one of ${answers.join(', ')}`)),
    id: z.string(expected(idRule)).min(1, `expected ${idRule}`).max(LONGEST_ID, `expected ${idRule}`).optional(),
    input: z.record(z.string(), z.unknown(), expected('an object with the corrected members of the order')).optional(),
  },
  expected('an answer to a hold, { "hold": "hold-1", "answer": "…", … }'),
);

/** Parses a person's answer to a hold. */
export const parseResolve = (answer: unknown): Parsed<Resolve> => parse(resolveSchema, answer);

/** Parses anything by a schema. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return { problems: problemsOf(result.error) };
}
