import { isMembers, type Members } from '../members.js';
import { sum } from '../money.js';
import { bigcommerceSeed } from '../seed.js';
import { testCard } from '../seeding.js';
import type { Store } from '../store.js';
import type { GatewayOutcome } from './gateway-outcomes.js';
import { paymentCodes, paymentRefused } from './payment-refusals.js';
import type { Transaction } from './transactions.js';

/** What is to pay an order, and how much of it that can. */
export interface Paying {
  content: Pick<Transaction, 'method' | 'gateway' | 'paymentMethodId' | 'card' | 'giftCode'>;
  amount: number;
  /** Takes the money out of what the store itself keeps; gives what is left there. */
  spend(): number | null;
  /** Set where the instrument decides the end. */
  refusal?: Pick<GatewayOutcome, 'code' | 'message'>;
}

const { instruments, paymentMethods } = bigcommerceSeed;
const cardEnds: Readonly<Record<string, Pick<GatewayOutcome, 'code' | 'message'>>> = {
  [instruments.refused]: { code: paymentCodes.cardRefused, message: 'The card was declined.' },
  [instruments.expired]: { code: paymentCodes.cardExpired, message: 'The card has expired.' },
  [instruments.noFunds]: { code: paymentCodes.noFunds, message: 'The card has insufficient funds.' },
};

/** How the instrument of a payment pays what is due. */
export function payingBy(store: Store, customerId: number, due: number, payment: Members): Paying {
  const instrument = isMembers(payment.instrument) ? payment.instrument : {};
  const method = payment.payment_method_id;
  switch (instrument.type) {
    case 'stored_card':
    case 'tokenized_card':
      return byCard(instrument.token, method, due);
    case 'card':
      return byCard(instrument.number, method, due);
    case 'gift_certificate':
      return byGiftCertificate(store, String(instrument.gift_certificate_code), due);
    case 'store_credit':
      return byStoreCredit(store, customerId, due);
    default:
      throw paymentRefused(400, 'The instrument is missing or of an unknown type.', paymentCodes.badData);
  }
}

/** Tokens of the seed end as their names say; any number of a card is good. */
function byCard(token: unknown, method: unknown, due: number): Paying {
  if (method !== paymentMethods.card) {
    throw paymentRefused(422, 'The payment method is not configured.', paymentCodes.gatewayMissing);
  }
  if (typeof token !== 'string' || token === '') {
    throw paymentRefused(400, 'The card is missing.', paymentCodes.badData);
  }
  const isToken = token.startsWith('instrument-');
  if (isToken && !Object.values<string>(instruments).includes(token)) {
    throw paymentRefused(404, 'The instrument is not found.', paymentCodes.instrumentNotFound);
  }
  const refusal = cardEnds[token];
  return {
    content: {
      ...{ method: 'credit_card', gateway: 'stripe', paymentMethodId: paymentMethods.card },
      ...{ card: testCard, giftCode: null },
    },
    amount: due,
    spend: () => null,
    ...(refusal && { refusal }),
  };
}

function byGiftCertificate({ giftCertificates }: Store, code: string, due: number): Paying {
  const balance = giftCertificates.get(code) ?? 0;
  if (balance <= 0) throw paymentRefused(422, 'The gift certificate cannot be used.', paymentCodes.cardWrong);
  const amount = Math.min(balance, due);
  return {
    content: {
      ...{ method: 'gift_certificate', gateway: 'giftcertificate', paymentMethodId: paymentMethods.giftCertificate },
      ...{ card: null, giftCode: code },
    },
    amount,
    spend() {
      const left = sum([balance, -amount]);
      giftCertificates.set(code, left);
      return left;
    },
  };
}

function byStoreCredit({ customers }: Store, customerId: number, due: number): Paying {
  const credit = customers.byId(customerId)?.storeCredit ?? 0;
  if (credit <= 0) throw paymentRefused(422, 'The customer has no store credit.', paymentCodes.noFunds);
  const amount = Math.min(credit, due);
  return {
    content: {
      ...{ method: 'store_credit', gateway: 'storecredit', paymentMethodId: paymentMethods.storeCredit },
      ...{ card: null, giftCode: null },
    },
    amount,
    spend() {
      customers.credit(customerId, -amount);
      return sum([credit, -amount]);
    },
  };
}
