import { failure } from '../failure.js';
import type { Served } from '../platform.js';
import { type Registered, type Registration, type RegistrationAct, whither } from '../registration.js';
import { flxpointByHand } from './open.js';
import { may, whyNot } from './rights.js';
import { settingsOf } from './settings.js';
import type { ConfigurationThere } from './shapes.js';
import { WebhookConfigurations } from './webhook-configurations.js';

/** All that Flxpoint has. */
const EVENTS = ['OrderImportedEvent', 'FulfillmentRequestProcessingEvent'];

/**
 * One configuration for a connection, with both events. It is narrowed to the channel whose orders the connection carries,
 * and never to a source: the requests of an order may go to several.
 */
export function registrationOf(served: Served, address: string): Registration {
  const { connection } = served;
  const settings = settingsOf(connection);
  const secret = address.slice(address.lastIndexOf('/') + 1);
  const configurations = new WebhookConfigurations(served, flxpointByHand(served, [address, secret]));
  const ours = { webhookUrl: address, subscribedEvents: EVENTS };

  const create: RegistrationAct = {
    what: EVENTS.join(' and '),
    async send() {
      const narrowed = settings.channel === undefined ? {} : { channelId: Number(settings.channel) };
      await configurations.create({ ...ours, configurationName: `Waybill ${connection.name}`, ...narrowed });
    },
  };
  const mend = ({ id, status, subscribedEvents }: ConfigurationThere): RegistrationAct => {
    const lacks = EVENTS.filter((event) => !subscribedEvents.includes(event));
    const why = isActive({ status }) ? `was without ${lacks.join(' and ')}` : `was ${status}`;
    return {
      what: `configuration ${id}, which ${why}`,
      switchedOff: !isActive({ status }),
      async send() {
        await configurations.update(id, { ...ours, status: 'active' });
      },
    };
  };
  const remove = ({ id, webhookUrl, subscribedEvents }: ConfigurationThere): RegistrationAct => ({
    what: `configuration ${id}`,
    async send() {
      const events = subscribedEvents.length > 0 ? subscribedEvents : EVENTS;
      await configurations.update(id, { webhookUrl, subscribedEvents: events, status: 'deleted' });
    },
  });

  return {
    async look(): Promise<Registered> {
      if (!may(settings, 'webhooks.list')) {
        const reason = `${whyNot(settings, 'webhooks.list')}. Without webhook.url they are for a person to register`;
        throw failure('Rejected', reason);
      }
      const live = (await configurations.list()).filter(({ status }) => status !== 'deleted');
      const here = live.filter((each) => whither(each.webhookUrl, address) === 'same' && isWideEnough(each));
      const best = here.find(isComplete) ?? here[0];
      const stale = live.filter((each) => each !== best && whither(each.webhookUrl, address) !== 'elsewhere');
      const missing = best === undefined ? [create] : isComplete(best) ? [] : [mend(best)];
      return { missing, stale: stale.map(remove) };
    },
  };

  /** Whether an update may change the channel is not documented: one that is too narrow is replaced. */
  function isWideEnough({ channelId, sourceId }: ConfigurationThere): boolean {
    return sourceId === undefined && (channelId === undefined || channelId === settings.channel);
  }
}

/** One that says nothing of it is taken for active. */
const isActive = ({ status }: Pick<ConfigurationThere, 'status'>): boolean =>
  status === undefined || status === 'active';

const isComplete = (there: ConfigurationThere): boolean =>
  isActive(there) && EVENTS.every((event) => there.subscribedEvents.includes(event));
