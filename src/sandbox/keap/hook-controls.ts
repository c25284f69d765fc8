import { z } from 'zod';
import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { type EventKey, eventKeys } from './events.js';
import { hookSettingsSchema } from './options.js';
import type { Tenant } from './tenant.js';

const schemas = {
  /** How hooks go out. */
  webhook: hookSettingsSchema.partial(),
  /** Lets the first so many of the collected calls go; all unless told. */
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** A call about any records, to every hook that is verified for this event. */
  sendWebhook: z.strictObject({
    eventKey: z.enum(eventKeys as [EventKey, ...EventKey[]]),
    ids: z.array(z.int()).min(1),
  }),
  /** A hook goes silent, as hooks do, or is there again. */
  setHookStatus: z.strictObject({ key: z.int(), status: z.enum(['Unverified', 'Verified', 'Inactive']) }),
} as const;

type Inputs = { [Name in keyof typeof schemas]: z.input<(typeof schemas)[Name]> };

export interface HookControls {
  webhook(input: Inputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: Inputs['releaseWebhooks']): number;
  /** Gives how many hooks there were. */
  sendWebhook(input: Inputs['sendWebhook']): number;
  setHookStatus(input: Inputs['setHookStatus']): void;
}

export function hookControls(current: () => Tenant): Record<keyof HookControls, Control> {
  return {
    webhook: control(schemas.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(schemas.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    sendWebhook: control(schemas.sendWebhook, ({ eventKey, ids }) => current().hooks.tellByHand(eventKey, ids)),
    setHookStatus: control(schemas.setHookStatus, ({ key, status }) => {
      const hook = current().hooks.get(String(key));
      if (hook === undefined) throw new Error(`Keap has no hook ${key}.`);
      hook.status = status;
    }),
  };
}
