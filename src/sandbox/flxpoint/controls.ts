import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { type FlxpointControls, controlSchemas as s } from './control-inputs.js';
import { orderControls } from './order-controls.js';
import { requestControls } from './request-controls.js';
import type { Tenant } from './tenant.js';

/** The controls of the tenant that `current` gives at the time of each call: a reset puts another in its place. */
export function flxpointControls(current: () => Tenant): Record<keyof FlxpointControls, Control> {
  return {
    ...orderControls(current),
    ...requestControls(current),
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
    webhook: control(s.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(s.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    sendWebhook: control(s.sendWebhook, ({ event, ...subject }) => current().configurations.tellByHand(event, subject)),
  };
}
