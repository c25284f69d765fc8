import { z } from 'zod';
import { type FaultRule, faultTiming, wireFaultSchemas } from '../faults.js';
import type { Call } from '../ledger.js';
import { chargeOperations, isXmlRpc } from './operations.js';

/** The faults that only Keap shows. */
const ownSchemas = [
  /** XML-RPC: the work is done, then the method fails with "Failed to invoke method … null". */
  z.strictObject({ kind: z.literal('fault-after'), ...faultTiming }),
  /** The bank refuses the charge. */
  z.strictObject({ kind: z.literal('decline'), ...faultTiming }),
  /** The merchant account is in trouble: "Error process card.", which is no decline. */
  z.strictObject({ kind: z.literal('gateway-error'), ...faultTiming }),
  /** REST: the charge stays open until it is settled by a control. */
  z.strictObject({ kind: z.literal('pending'), ...faultTiming }),
  /** XML-RPC is switched off for `ms`, beginning with the call that is hit. */
  z.strictObject({ kind: z.literal('brownout'), ...faultTiming, ms: z.number().positive() }),
] as const;

export const keapFaultSchema = z.discriminatedUnion('kind', [...wireFaultSchemas, ...ownSchemas]);
/** A fault as it is added: `nth` and `times` default to 1. */
export type KeapFault = z.input<typeof keapFaultSchema>;

/** Keap's own faults, as its work meets them. */
export type KeapOwnFault = z.output<(typeof ownSchemas)[number]>;

export function faultApplies(rule: FaultRule, call: Call): boolean {
  switch (rule.kind) {
    case 'fault-after':
    case 'brownout':
      return isXmlRpc(call.operation);
    case 'decline':
    case 'gateway-error':
      return chargeOperations.has(call.operation);
    case 'pending':
      return call.operation === 'orderPayments.create';
    default:
      return true;
  }
}
