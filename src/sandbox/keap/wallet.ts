import type { ChargeCode, ChargeOutcome } from './payments.js';
import { keapSeed } from './seed.js';

/** A stored card. The number itself is never kept. */
export interface Card {
  id: number;
  contactId: number;
  brand: string;
  last4: string;
  expirationMonth: string;
  expirationYear: string;
  nameOnCard: string | null;
  merchantAccountId: number;
  createdAt: number;
  /** Whether its bank refuses every charge. */
  declines: boolean;
  lastUsedAt: number | null;
  /** `CreditCard.Status`: 3 valid, 4 inactive. */
  status: 3 | 4;
}

export type NewCard = Pick<Card, 'contactId' | 'last4'> & Partial<Card>;

/** REST v2 calls a card's token a payment method; it is a string of its own. */
export const paymentMethodId = (card: Card): string => `pm-${card.id}`;

const firstCardId = 70;
/** Far enough away that no card of a long simulated run expires. */
const expirationYear = '2099';

/** The cards of all contacts, and what the bank says to them. */
export class Wallet {
  readonly #cards = new Map<number, Card>();
  #nextId = firstCardId;
  #nextOutcome: ChargeOutcome | null = null;

  add(card: NewCard, now: number): Card {
    const id = card.id ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id + 1);
    const added: Card = {
      brand: 'Visa',
      expirationMonth: '12',
      expirationYear,
      nameOnCard: null,
      merchantAccountId: keapSeed.merchantAccount.id,
      createdAt: now,
      declines: false,
      lastUsedAt: null,
      status: 3,
      ...card,
      id,
    };
    this.#cards.set(id, added);
    return added;
  }

  get(id: number): Card | undefined {
    return this.#cards.get(id);
  }

  byPaymentMethod(id: string): Card | undefined {
    return id.startsWith('pm-') ? this.#cards.get(Number(id.slice(3))) : undefined;
  }

  all(): Iterable<Card> {
    return this.#cards.values();
  }

  ofContact(contactId: number): Card[] {
    return [...this.#cards.values()].filter((card) => card.contactId === contactId);
  }

  /** The contact's card that was charged last, else the oldest of those that never were. */
  lastUsed(contactId: number): Card | undefined {
    const valid = this.ofContact(contactId).filter(({ status }) => status === 3);
    return valid.reduce<Card | undefined>(
      (last, card) => (last === undefined || (card.lastUsedAt ?? 0) > (last.lastUsedAt ?? 0) ? card : last),
      undefined,
    );
  }

  /** Lets the next charge of any card end like this. */
  setNextOutcome(outcome: ChargeOutcome): void {
    this.#nextOutcome = outcome;
  }

  /** What a charge meets. A card's token works only with the merchant account that made it. */
  answer(
    card: Card | undefined,
    merchantAccountId: number,
    wanted: ChargeOutcome | null,
  ): Exclude<ChargeCode, 'SKIPPED'> {
    const outcome = wanted ?? this.#nextOutcome;
    if (wanted === null) this.#nextOutcome = null;
    if (outcome === 'pending') return 'PENDING';
    if (outcome === 'decline') return 'DECLINED';
    if (outcome === 'gateway-error') return 'ERROR';
    if (card === undefined || card.status !== 3 || card.merchantAccountId !== merchantAccountId) return 'ERROR';
    return card.declines ? 'DECLINED' : 'APPROVED';
  }
}
