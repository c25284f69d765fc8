import { createHash } from 'node:crypto';

export interface PaymentAccess {
  orderId: number;
  expiresAt: number;
}

/** About an hour. */
const validMs = 3_600_000;

/** Tokens that let whoever has one pay one order. */
export class PaymentAccessTokens {
  readonly #known = new Map<string, PaymentAccess>();

  issue(orderId: number, now: number): string {
    // The same in each run; a token opens nothing but the imitation.
    const token = createHash('sha256').update(`${orderId}/${this.#known.size}`).digest('base64url');
    this.#known.set(token, { orderId, expiresAt: now + validMs });
    return token;
  }

  all(): PaymentAccess[] {
    return [...this.#known.values()];
  }

  /** What the header opens; undefined for what is unknown or too old. */
  accessOf(authorization: string | undefined, now: number): PaymentAccess | undefined {
    const access = this.#known.get(/^PAT (\S+)$/.exec(authorization ?? '')?.[1] ?? '');
    return access !== undefined && access.expiresAt > now ? access : undefined;
  }
}
