import { z } from 'zod';
import { type Answer, jsonAnswer } from '../answer.js';
import { FaultBook, faultTiming, type WireFault, wireFaultSchemas } from '../faults.js';
import type { v2Failure } from './refusals.js';

/** The faults that only BigCommerce shows. */
const ownFaultSchemas = [
  /** The store is switched off: it looks like something that passes, and stays. */
  z.strictObject({ kind: z.literal('suspended'), ...faultTiming }),
  /** Somebody else writes the record at this moment. */
  z.strictObject({ kind: z.literal('locked'), ...faultTiming }),
  /** What stands behind the platform is away, a gateway of payments for example. 504 comes after the work. */
  z.strictObject({ kind: z.literal('gateway'), ...faultTiming, status: z.literal([502, 503, 504]).default(502) }),
  /** The taxes of a refund cannot be worked out at the moment: nothing is done, and that is said in a form of its own. */
  z.strictObject({ kind: z.literal('tax-service'), ...faultTiming }),
] as const;

const schema = z.discriminatedUnion('kind', [...wireFaultSchemas, ...ownFaultSchemas]);
export type BigcommerceFaultSchema = typeof schema;
export type BigcommerceFault = z.input<BigcommerceFaultSchema>;
export type BigcommerceOwnFault = Exclude<z.output<BigcommerceFaultSchema>, WireFault>;

export const faultBook = (): FaultBook<BigcommerceFaultSchema> =>
  new FaultBook(schema, ({ kind }, { operation }) => kind !== 'tax-service' || operation === 'refunds.create');

/** How such a fault spoils the work. */
export function spoil(rule: BigcommerceOwnFault, work: () => Answer, failure: typeof v2Failure): Answer {
  switch (rule.kind) {
    case 'suspended':
      return failure(503, 'The store is suspended. Please contact support.');
    case 'locked':
      return failure(423, 'The resource is locked.');
    case 'gateway':
      if (rule.status === 504) work();
      return failure(rule.status, rule.status === 504 ? 'Gateway timeout' : 'The service behind is not available.');
    case 'tax-service':
      return jsonAnswer(503, { data: [{ order_id: 0, status: 503, error: 'Tax service gone away' }], meta: {} });
  }
}
