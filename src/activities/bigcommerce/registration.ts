import type { Served } from '../platform.js';
import { type Registered, type Registration, type RegistrationAct, whither } from '../registration.js';
import { bigcommerceByHand } from './open.js';
import type { HookThere } from './shapes.js';

/** Every change of an order: also of its parcels and its payment, after which the order itself is updated. */
const SCOPE = 'store/order/*';

/** Says whose subscription it is, to who looks through all those of an API account. */
const OWNER_HEADER = 'x-waybill-connection';

/** What of a webhook's settings is registered. */
interface Shown {
  readonly header: string;
  readonly secrets: readonly string[];
}

/** One subscription for a connection. The secret goes into its headers, which BigCommerce sends with each callback. */
export function registrationOf(served: Served, { header, secrets }: Shown, address: string): Registration {
  const { name } = served.connection;
  const [secret = ''] = secrets;
  const store = bigcommerceByHand(served, [address, ...secrets]);
  const ours = { destination: address, headers: { [header]: secret, [OWNER_HEADER]: name }, is_active: true };

  const create: RegistrationAct = {
    what: SCOPE,
    send: () => store.createHook({ scope: SCOPE, ...ours }),
  };
  const mend = ({ id, is_active }: HookThere): RegistrationAct => ({
    what: `subscription ${id}, which ${is_active ? 'sent other headers' : 'was switched off'}`,
    switchedOff: !is_active,
    send: () => store.updateHook(id, { scope: SCOPE, ...ours }),
  });
  const remove = ({ id }: HookThere): RegistrationAct => ({
    what: `subscription ${id}`,
    send: () => store.deleteHook(id),
  });

  return {
    async look(): Promise<Registered> {
      const all = await store.hooks();
      const here = all.filter(({ destination, scope }) => scope === SCOPE && whither(destination, address) === 'same');
      const best = here.find((hook) => isComplete(hook, ours.headers)) ?? here[0];
      const stale = all.filter((each) => each !== best && whither(each.destination, address) !== 'elsewhere');
      const missing = best === undefined ? [create] : isComplete(best, ours.headers) ? [] : [mend(best)];
      return { missing, stale: stale.map(remove) };
    },
  };
}

/** Names of headers mind no case. */
function isComplete({ is_active, headers }: HookThere, wanted: Readonly<Record<string, string>>): boolean {
  const shown = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return is_active && Object.entries(wanted).every(([name, value]) => shown.get(name) === value);
}
