import { z } from 'zod';
import { faultTiming, wireFaultSchemas } from '../faults.js';

/** The faults that only Infoplus shows. */
const ownSchemas = [
  /** A success that holds nothing but `errors`: its clients look for them in every answer. */
  z.strictObject({
    kind: z.literal('errors-in-200'),
    ...faultTiming,
    message: z.string().default('Refused by the sandbox'),
    /** Whether what was asked is done all the same. */
    worked: z.boolean().default(false),
  }),
] as const;

export const infoplusFaultSchema = z.discriminatedUnion('kind', [...wireFaultSchemas, ...ownSchemas]);
/** A fault as it is added: `nth` and `times` default to 1. */
export type InfoplusFault = z.input<typeof infoplusFaultSchema>;

/** Infoplus's own faults, as its work meets them. */
export type InfoplusOwnFault = z.output<(typeof ownSchemas)[number]>;
