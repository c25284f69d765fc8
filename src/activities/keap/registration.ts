import { callerByHand } from '../call.js';
import { failure } from '../failure.js';
import type { Served } from '../platform.js';
import { type Registered, type Registration, type RegistrationAct, whither } from '../registration.js';
import { authOf } from './auth.js';
import { keapDialect } from './errors.js';
import { unlessNotFound } from './not-found.js';
import { Hooks } from './rest/hooks.js';
import type { RestHook } from './rest/shapes.js';

/** What a subscription is told by: its invoices, what is paid on them, and what becomes of itself. */
const EVENTS = ['invoice.add', 'invoice.edit', 'invoice.payment.add', 'invoice.payment.edit', 'subscription.edit'];

/** One hook for each event. One that Keap has given up, or could not confirm, is confirmed anew. */
export function registrationOf(served: Served, address: string): Registration {
  const secret = address.slice(address.lastIndexOf('/') + 1);
  const errand = { dialect: keapDialect, auth: authOf(served), reference: undefined, personal: [address, secret] };
  const hooks = new Hooks(served, callerByHand(served, errand));

  const create = (event: string): RegistrationAct => ({
    what: event,
    send: async () => expectVerified(await hooks.create(event, address)),
  });
  const mend = ({ key, eventKey, status }: RestHook): RegistrationAct => ({
    what: `${eventKey}, which was ${status}`,
    switchedOff: true,
    send: async () => expectVerified(await hooks.verify(key)),
  });
  const remove = ({ key, eventKey }: RestHook): RegistrationAct => ({
    what: `${eventKey} (hook ${key})`,
    async send() {
      await unlessNotFound(hooks.delete(key));
    },
  });

  return {
    async look(): Promise<Registered> {
      const all = await hooks.list();
      const here = all.filter(({ hookUrl }) => whither(hookUrl, address) === 'same');
      const best = EVENTS.map((event) => {
        const of = here.filter(({ eventKey }) => eventKey === event);
        return of.find(isVerified) ?? of[0];
      });
      const missing = EVENTS.flatMap((event, i) => {
        const there = best[i];
        if (there === undefined) return [create(event)];
        return isVerified(there) ? [] : [mend(there)];
      });
      const stale = all.filter((each) => !best.includes(each) && whither(each.hookUrl, address) !== 'elsewhere');
      return { missing, stale: stale.map(remove) };
    },
  };
}

const isVerified = ({ status }: RestHook): boolean => status === 'Verified';

/** Nothing is sent to an address that Keap could not confirm. */
function expectVerified(there: RestHook): void {
  if (isVerified(there)) return;
  const text = `Keap could not confirm the hook for ${there.eventKey}: it is ${there.status}. Does the gateway run, and is it reached under webhook.url?`;
  throw failure('Rejected', text, { platform: 'keap' });
}
