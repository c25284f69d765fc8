import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { type BigcommerceControls, controlSchemas as s } from './control-inputs.js';
import { moneyControls } from './money-controls.js';
import { orderControls } from './order-controls.js';
import type { Store } from './store.js';

/** The controls of the store that `current` gives at the time of each call: a reset puts another in its place. */
export function bigcommerceControls(current: () => Store): Record<keyof BigcommerceControls, Control> {
  /** What is due by then has happened before a person does the next thing. */
  const now = () => {
    const store = current();
    store.agenda.catchUp();
    return store;
  };
  return {
    ...orderControls(now),
    ...moneyControls(now),
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
    webhook: control(s.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(s.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    sendWebhook: control(s.sendWebhook, ({ scope, data }) => current().hooks.tellByHand(scope, data)),
    deactivateHook: control(s.deactivateHook, ({ hookId }) => {
      const hook = current()
        .hooks.all()
        .find(({ id }) => id === hookId);
      if (hook === undefined) throw new Error(`There is no hook ${hookId}.`);
      hook.isActive = false;
    }),
    otherApps: control(s.otherApps, ({ requests }) => {
      const { clock, settings, throttle } = current();
      throttle.spend(requests, clock.precise(), settings.throttle);
    }),
  };
}
