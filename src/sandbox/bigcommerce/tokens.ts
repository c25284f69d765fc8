import type { FastifyRequest } from 'fastify';
import { type Scope, scopes } from './scopes.js';
import { bigcommerceSeed, type SeedToken } from './seed.js';

/** Whose request it is. */
export interface Caller {
  /** May stand in a ledger; never the secret. */
  clientId: string;
  clientSecret: string;
  scopes: ReadonlySet<Scope>;
}

/** The access tokens of the store. They have no expiry. */
export class Tokens {
  readonly #callers: ReadonlyMap<string, Caller>;

  /** @param more beside the seeded ones */
  constructor(more: readonly SeedToken[]) {
    const all: readonly SeedToken[] = [...Object.values(bigcommerceSeed.tokens), ...more];
    this.#callers = new Map(
      all.map(({ token, clientId, clientSecret, scopes: allowed = scopes }) => [
        token,
        { clientId, clientSecret, scopes: new Set(allowed) },
      ]),
    );
  }

  identify(headers: FastifyRequest['headers']): Caller | null {
    return this.#callers.get(String(headers['x-auth-token'])) ?? null;
  }

  ofClient(clientId: string): Caller | undefined {
    return [...this.#callers.values()].find((caller) => caller.clientId === clientId);
  }
}
