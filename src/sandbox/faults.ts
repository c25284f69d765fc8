import { z } from 'zod';
import { type Call, type OperationSelector, selects } from './ledger.js';

/** When a fault strikes: at the `nth` matching call after it was added, and at the `times - 1` matching ones after it. */
export const faultTiming = {
  operation: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
};

const milliseconds = z.number().positive();
/** True, the worse case, unless told: the order exists, only the answer is of no use. */
const worked = z.boolean().default(true);

/** The faults that any platform may show; durations are in milliseconds of the sandbox's clock. */
export const wireFaultSchemas = [
  /** The call is answered; then nobody can connect for `ms`, or the next `connections` are reset as they come in. */
  z
    .strictObject({
      kind: z.literal('refuse'),
      ...faultTiming,
      ms: milliseconds.optional(),
      connections: z.int().min(1).optional(),
    })
    .refine(({ ms, connections }) => ms !== undefined || connections !== undefined, 'refuse needs ms or connections'),
  z.strictObject({ kind: z.literal('reset-before'), ...faultTiming }),
  z.strictObject({ kind: z.literal('reset-after'), ...faultTiming }),
  /** The work is done at once, the answer comes after `ms`. */
  z.strictObject({ kind: z.literal('late'), ...faultTiming, ms: milliseconds }),
  /** The work itself waits `ms`, even when the caller has given up by then. */
  z.strictObject({ kind: z.literal('late-before'), ...faultTiming, ms: milliseconds }),
  z.strictObject({ kind: z.literal('500-before'), ...faultTiming }),
  z.strictObject({ kind: z.literal('500-after'), ...faultTiming }),
  /** A page of a proxy in front of the platform, in no form of its own. */
  z.strictObject({ kind: z.literal('503'), ...faultTiming, worked }),
  /** `retryAfter` in seconds, sent as a number or as an HTTP date; absent: no such header. */
  z.strictObject({
    kind: z.literal('429'),
    ...faultTiming,
    retryAfter: z.int().min(0).optional(),
    form: z.enum(['seconds', 'date']).default('seconds'),
  }),
  z.strictObject({ kind: z.literal('401'), ...faultTiming }),
  z.strictObject({ kind: z.literal('html'), ...faultTiming, worked }),
  z.strictObject({ kind: z.literal('truncated'), ...faultTiming, worked }),
  z.strictObject({ kind: z.literal('malformed'), ...faultTiming, worked }),
  /** The head goes out at once, the body in pieces over `ms`. */
  z.strictObject({ kind: z.literal('slow-body'), ...faultTiming, ms: milliseconds }),
  /** A right answer, padded to `bytes`. */
  z.strictObject({ kind: z.literal('huge'), ...faultTiming, bytes: z.int().min(1) }),
  /** A refusal for good, in the platform's own form. */
  z.strictObject({
    kind: z.literal('business'),
    ...faultTiming,
    message: z.string().default('Refused by the sandbox'),
  }),
] as const;

export const wireFaultSchema = z.discriminatedUnion('kind', wireFaultSchemas);
export type WireFault = z.output<typeof wireFaultSchema>;

/** What all faults have in common. */
export interface FaultRule {
  kind: string;
  operation: OperationSelector;
  nth: number;
  times: number;
}

/** A fault that was added, and what became of it. */
export interface FaultRecord<Rule extends FaultRule = FaultRule> {
  id: number;
  rule: Rule;
  /** Matching calls so far. */
  seen: number;
  /** How often it struck. */
  fired: number;
}

/** The faults in force at one platform. Of several that match a call, the first added strikes. */
export class FaultBook<Schema extends z.ZodType<FaultRule>> {
  readonly #schema: Schema;
  readonly #applies: (rule: z.output<Schema>, call: Call) => boolean;
  #records: FaultRecord<z.output<Schema>>[] = [];
  #nextId = 1;

  /** `applies` says whether a fault makes sense for a call; where it does not, the call is not counted. */
  constructor(schema: Schema, applies: (rule: z.output<Schema>, call: Call) => boolean) {
    this.#schema = schema;
    this.#applies = applies;
  }

  /** Adds a fault; throws a ZodError that names the member when it is not one. */
  add(fault: z.input<Schema>): FaultRecord<z.output<Schema>> {
    const record = { id: this.#nextId++, rule: this.#schema.parse(fault), seen: 0, fired: 0 };
    this.#records.push(record);
    return record;
  }

  /** The fault that strikes this call, if any. */
  take(call: Call): z.output<Schema> | null {
    let struck: z.output<Schema> | null = null;
    for (const record of this.#records) {
      const { rule } = record;
      if (!selects(rule.operation, call) || !this.#applies(rule, call)) continue;
      record.seen += 1;
      if (struck !== null || record.seen < rule.nth || record.fired >= rule.times) continue;
      record.fired += 1;
      struck = rule;
    }
    return struck;
  }

  all(): FaultRecord<z.output<Schema>>[] {
    return this.#records.map((record) => ({ ...record }));
  }

  clear(): void {
    this.#records = [];
  }
}
