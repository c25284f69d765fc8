import type { BigcommerceOrder } from '../../workflows/bigcommerce/contract.js';
import { type Caller, callerByHand, callerFor, type Errand, fixedAuth, textsIn } from '../call.js';
import type { Served } from '../platform.js';
import { BigcommerceClient } from './client.js';
import { bigcommerceDialect } from './dialect.js';
import { MoneyClient } from './money-client.js';
import { quotaPauseMs } from './quota.js';
import { type BigcommerceSettings, settingsOf } from './settings.js';

/** BigCommerce on behalf of somebody. */
export interface Opened {
  readonly store: BigcommerceClient;
  readonly money: MoneyClient;
  /** Signs with a payment access token instead. */
  readonly payer: (accessToken: string) => Caller;
}

/** What the steps of one connection share. */
export interface Open {
  /**
   * BigCommerce on behalf of an order.
   *
   * @param personal what is known of the people concerned, to be hidden in its words; without it, none are shown
   * @param quotable what may be shown although it was sent, e.g. SKUs
   */
  readonly open: (
    at: Pick<BigcommerceOrder, 'reference'>,
    personal?: readonly string[],
    quotable?: readonly string[],
  ) => Opened;
  /** BigCommerce on behalf of nobody in particular. */
  readonly openBlind: () => Opened;
  readonly settings: BigcommerceSettings;
}

export function openBigcommerce(served: Served): Open {
  const settings = settingsOf(served.connection);
  const opened = (onBehalf: OnBehalf): Opened => {
    const call = obedient(served, callerFor(served, { ...errandOf(settings), ...onBehalf }));
    const payer = (accessToken: string): Caller => {
      const auth = fixedAuth({ authorization: `PAT ${accessToken}`, accept: PAYMENTS_TYPE });
      return obedient(served, callerFor(served, { ...errandOf(settings), ...onBehalf, auth }));
    };
    return { store: new BigcommerceClient(served, call), money: new MoneyClient(served, call), payer };
  };
  return {
    open: ({ reference }, personal, quotable = []) => opened({ reference, personal, quotable }),
    openBlind: () => opened({ reference: undefined, personal: undefined }),
    settings,
  };
}

/** The Payments API has a media type of its own. */
const PAYMENTS_TYPE = 'application/vnd.bc.v1+json';

type OnBehalf = Pick<Errand, 'reference' | 'personal' | 'quotable'>;

const errandOf = ({ accessToken, clientId }: BigcommerceSettings): Omit<Errand, keyof OnBehalf> => ({
  dialect: bigcommerceDialect,
  auth: fixedAuth({ 'x-auth-token': accessToken, ...(clientId === undefined ? {} : { 'x-auth-client': clientId }) }),
});

/**
 * BigCommerce for what a person has asked for with a command.
 *
 * @param hidden what its words are shown without
 */
export function bigcommerceByHand(served: Served, hidden: readonly string[]): BigcommerceClient {
  const onBehalf = { reference: undefined, personal: hidden };
  const call = callerByHand(served, { ...errandOf(settingsOf(served.connection)), ...onBehalf });
  return new BigcommerceClient(served, obedient(served, call));
}

/** Stays away from a store whose quota is nearly used up, by whichever app. */
function obedient(served: Served, call: Caller): Caller {
  return async (request) => {
    const { answer, asked } = await call(request);
    const pause = quotaPauseMs(answer.headers);
    if (pause !== undefined) served.send.pause(pause);
    return { answer, asked };
  };
}

/** What an order says about people, to be hidden in BigCommerce's words. */
export function peopleOf({ order, payment }: BigcommerceOrder): string[] {
  const { billing_address, shipping_addresses, customer_message, staff_notes, ip_address, ip_address_v6 } = order ?? {};
  const instrument = payment?.kind === 'payments-api' ? payment.instrument.token : undefined;
  return textsIn([
    { ...billing_address, country: undefined, country_iso2: undefined },
    (shipping_addresses ?? []).map((address) => ({ ...address, country: undefined, country_iso2: undefined })),
    [customer_message, staff_notes, ip_address, ip_address_v6, instrument],
  ]);
}

/** What a person needs to read to find out which line it is. */
export function codesOf({ order }: BigcommerceOrder): string[] {
  return (order?.products ?? []).flatMap(({ sku, product_id, variant_id }) =>
    [sku, product_id, variant_id].flatMap((code) => (code === undefined ? [] : [String(code)])),
  );
}
