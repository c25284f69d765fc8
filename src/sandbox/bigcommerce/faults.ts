import { z } from 'zod';
import type { Answer } from '../answer.js';
import { FaultBook, faultTiming, type WireFault, wireFaultSchemas } from '../faults.js';
import type { v2Failure } from './refusals.js';

/** The faults that only BigCommerce shows. */
const ownFaultSchemas = [
  /** The store is switched off: it looks like something that passes, and stays. */
  z.strictObject({ kind: z.literal('suspended'), ...faultTiming }),
  /** Somebody else writes the record at this moment. */
  z.strictObject({ kind: z.literal('locked'), ...faultTiming }),
  /** What stands behind the platform is away: a gateway of payments, a tax service. 504 comes after the work. */
  z.strictObject({ kind: z.literal('gateway'), ...faultTiming, status: z.literal([502, 504]).default(502) }),
] as const;

const schema = z.discriminatedUnion('kind', [...wireFaultSchemas, ...ownFaultSchemas]);
export type BigcommerceFaultSchema = typeof schema;
export type BigcommerceFault = z.input<BigcommerceFaultSchema>;
export type BigcommerceOwnFault = Exclude<z.output<BigcommerceFaultSchema>, WireFault>;

export const faultBook = (): FaultBook<BigcommerceFaultSchema> => new FaultBook(schema, () => true);

/** How such a fault spoils the work. */
export function spoil(rule: BigcommerceOwnFault, work: () => Answer, failure: typeof v2Failure): Answer {
  switch (rule.kind) {
    case 'suspended':
      return failure(503, 'The store is suspended. Please contact support.');
    case 'locked':
      return failure(423, 'The resource is locked.');
    case 'gateway':
      if (rule.status === 504) work();
      return failure(rule.status, rule.status === 504 ? 'Gateway timeout' : 'Bad gateway');
  }
}
