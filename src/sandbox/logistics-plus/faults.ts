import { z } from 'zod';
import { faultTiming, wireFaultSchemas } from '../faults.js';

/** A proxy in front of the service answers with a page and 503. */
const unavailableSchema = z.strictObject({
  kind: z.literal('503'),
  ...faultTiming,
  /** True, the worse case, unless told: only the answer is lost. */
  worked: z.boolean().default(true),
});

export const logisticsPlusFaultSchema = z.discriminatedUnion('kind', [...wireFaultSchemas, unavailableSchema]);
/** A fault as it is added: `nth` and `times` default to 1. */
export type LogisticsPlusFault = z.input<typeof logisticsPlusFaultSchema>;

/** The one fault that is not the kit's, as the work meets it. */
export type LogisticsPlusOwnFault = z.output<typeof unavailableSchema>;
