import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { type BigcommerceControls, controlSchemas as s } from './control-inputs.js';
import type { Store } from './store.js';

/** The controls of the store that `current` gives at the time of each call: a reset puts another in its place. */
export function bigcommerceControls(current: () => Store): Record<keyof BigcommerceControls, Control> {
  return {
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
    webhook: control(s.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(s.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    otherApps: control(s.otherApps, ({ requests }) => {
      const { clock, settings, throttle } = current();
      throttle.spend(requests, clock.precise(), settings.throttle);
    }),
  };
}
