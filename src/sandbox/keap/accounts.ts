import { keapSeed } from './seed.js';

/** Published lifetimes of OAuth tokens. */
const accessTokenMs = 24 * 3_600_000;
const refreshTokenMs = 45 * 24 * 3_600_000;

/** Who is asking. The id is a name that may stand in a ledger; it is never the secret. */
export interface Credential {
  id: string;
  /** Decides the limits: a key has its own, an OAuth client one set for all its tokens. */
  kind: 'key' | 'oauth';
}

interface RefreshToken {
  expiresAt: number;
  /** Set when a refresh has put another in its place. */
  replacedAt: number | null;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** One grant that was asked for. */
export interface TokenRequest {
  time: number;
  grant: 'authorization_code' | 'refresh_token';
  granted: boolean;
}

/** Keys, tokens and the one OAuth client of the tenant. */
export class Accounts {
  readonly #keys = new Map<string, Credential>();
  readonly #accessTokens = new Map<string, number>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #codes = new Set<string>([keapSeed.oauth.authorizationCode]);
  readonly #oauth: Credential = { id: `oauth:${keapSeed.oauth.clientId}`, kind: 'oauth' };
  #issued = 0;
  readonly requests: TokenRequest[] = [];

  constructor(options: {
    now: number;
    serviceAccountKeys: readonly string[];
    personalAccessTokens: readonly string[];
  }) {
    this.#addKeys('sak', [keapSeed.serviceAccountKey, ...options.serviceAccountKeys]);
    this.#addKeys('pat', [keapSeed.personalAccessToken, ...options.personalAccessTokens]);
    this.#accessTokens.set(keapSeed.oauth.accessToken, options.now + accessTokenMs);
    this.#refreshTokens.set(keapSeed.oauth.refreshToken, { expiresAt: options.now + refreshTokenMs, replacedAt: null });
  }

  /** Whose key this is, from the header for keys. */
  byKey(secret: string): Credential | null {
    return this.#keys.get(secret) ?? null;
  }

  /** Whose token this is: a live access token, or a key in the place of one, which Keap takes as well. */
  byBearer(token: string, now: number): Credential | null {
    const expiresAt = this.#accessTokens.get(token);
    if (expiresAt !== undefined) return now < expiresAt ? this.#oauth : null;
    return this.byKey(token);
  }

  isClient(id: string | undefined, secret: string | undefined): boolean {
    return id === keapSeed.oauth.clientId && secret === keapSeed.oauth.clientSecret;
  }

  /** A pair for an authorization code, which works once; null when the code or the redirect URI is wrong. */
  redeem(code: string, redirectUri: string, now: number): TokenPair | null {
    const granted = redirectUri === keapSeed.oauth.redirectUri && this.#codes.delete(code);
    this.requests.push({ time: now, grant: 'authorization_code', granted });
    return granted ? this.#issue(now) : null;
  }

  /** A new pair; the refresh token shown works no more once `graceMs` have passed. */
  refresh(token: string, now: number, graceMs: number): TokenPair | null {
    const known = this.#refreshTokens.get(token);
    const granted =
      known !== undefined && now < known.expiresAt && (known.replacedAt === null || now < known.replacedAt + graceMs);
    this.requests.push({ time: now, grant: 'refresh_token', granted });
    if (!granted) return null;
    known.replacedAt ??= now;
    return this.#issue(now);
  }

  /** Ends every access token at once; refresh tokens go on. */
  expireAccessTokens(now: number): void {
    for (const token of this.#accessTokens.keys()) this.#accessTokens.set(token, now);
  }

  #addKeys(prefix: 'sak' | 'pat', secrets: readonly string[]): void {
    for (const [index, secret] of secrets.entries()) {
      this.#keys.set(secret, { id: `${prefix}-${index + 1}`, kind: 'key' });
    }
  }

  #issue(now: number): TokenPair {
    this.#issued += 1;
    const accessToken = `sandbox-access-token-${this.#issued}`;
    const refreshToken = `sandbox-refresh-token-${this.#issued}`;
    this.#accessTokens.set(accessToken, now + accessTokenMs);
    this.#refreshTokens.set(refreshToken, { expiresAt: now + refreshTokenMs, replacedAt: null });
    return { accessToken, refreshToken, expiresInSeconds: accessTokenMs / 1000 };
  }
}
