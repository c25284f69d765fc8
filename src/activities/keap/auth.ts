import { type Auth, fixedAuth, stayAway } from '../call.js';
import { failure, failureType } from '../failure.js';
import { type HttpAnswer, NoAnswer } from '../http.js';
import type { Served } from '../platform.js';
import { keapDialect } from './errors.js';
import { type KeapSettings, settingsOf } from './settings.js';
import { tokenRequest, tokensIn } from './token-endpoint.js';
import { readTokens, storeTokens, type Tokens, tokensFile } from './tokens.js';

/** Keap takes keys and tokens in the same headers on both of its APIs. */
export function authOf(served: Served): Auth {
  const { serviceAccountKey, personalAccessToken, oauth } = settingsOf(served.connection).auth;
  const key = serviceAccountKey ?? personalAccessToken;
  if (key !== undefined) return fixedAuth({ 'x-keap-api-key': key });
  if (oauth === undefined) throw new Error(`${served.connection.name} has no credentials`);
  return new OAuth(served, oauth);
}

/** An access token (24 h) is renewed this long before its end, so that none ends on its way to Keap. */
const AHEAD_MS = 5 * 60_000;

/** After a 401 a renewal that got no answer is tried again with the same token, about this much later. */
const RENEW_AGAIN_MS = 10_000;

class OAuth implements Auth {
  readonly #file: string;
  readonly #basic: string;
  #tokens: Tokens | undefined;
  #renewing: Promise<Tokens> | undefined;

  constructor(
    private readonly served: Served,
    private readonly oauth: NonNullable<KeapSettings['auth']['oauth']>,
  ) {
    this.#file = tokensFile(served.stateFolder, served.connection.name);
    this.#basic = Buffer.from(`${oauth.clientId}:${oauth.clientSecret}`).toString('base64');
  }

  async headers(): Promise<Record<string, string>> {
    this.#tokens ??= await readTokens(this.#file);
    const tokens = this.#tokens;
    const fresh = tokens !== undefined && tokens.expiresAt - AHEAD_MS > Date.now();
    return bearer(fresh ? tokens : await this.#renew(tokens?.accessToken));
  }

  async refused(headers: Readonly<Record<string, string>>): Promise<boolean> {
    const known = this.#tokens;
    if (known !== undefined && bearer(known).authorization !== headers.authorization) return true;
    try {
      await this.#renew(known?.accessToken);
      return true;
    } catch (error) {
      // The refused request certainly did nothing, so this must not read like a lost answer of its own.
      if (failureType(error) === 'RateLimited') throw error;
      const text = error instanceof Error ? error.message : 'unknown reason';
      const gone = failureType(error) === 'NotAuthorized';
      throw failure(
        'NotAuthorized',
        gone ? text : `Keap refused the access token of ${this.#name} and did not renew it: ${text}`,
        this.#facts(),
        gone ? {} : { retryAfterMs: RENEW_AGAIN_MS },
      );
    }
  }

  /** One renewal at a time, whoever asks. `old` is the access token that will not do. */
  #renew(old: string | undefined): Promise<Tokens> {
    this.#renewing ??= this.served
      .critical(() => this.#renewNow(old))
      .finally(() => {
        this.#renewing = undefined;
      });
    return this.#renewing;
  }

  async #renewNow(old: string | undefined): Promise<Tokens> {
    // The pair may have been renewed by the process that served this connection before, or by a new consent.
    const stored = await readTokens(this.#file);
    if (stored !== undefined && stored.accessToken !== old && stored.expiresAt - AHEAD_MS > Date.now()) {
      this.#tokens = stored;
      return stored;
    }
    const refreshToken = stored?.refreshToken ?? this.oauth.refreshToken;
    if (refreshToken === undefined) throw this.#needsConsent('has no consent yet');
    const tokens = await this.#ask(refreshToken);
    // Keap has forgotten the old refresh token by now: a new one that is used before it is stored would be lost for good.
    await storeTokens(this.#file, tokens);
    this.#tokens = tokens;
    return tokens;
  }

  /** A lost answer leaves the stored pair as it is; the next caller asks again with the same refresh token. */
  async #ask(refreshToken: string): Promise<Tokens> {
    const at = performance.now();
    let answer: HttpAnswer;
    try {
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
      answer = await this.served.send(
        tokenRequest(this.served.connection, grant, { authorization: `Basic ${this.#basic}` }),
      );
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw failure('Unavailable', `the token was not renewed: ${error.message}`, this.#facts());
    }
    if (answer.status === 200) {
      const tokens = tokensIn(answer, Date.now());
      if (tokens !== undefined) return tokens;
      throw failure('Unavailable', 'the token was not renewed: the answer cannot be read', this.#facts(200));
    }
    if (answer.status === 429) {
      const retryAfterMs = stayAway(this.served, { at, dialect: keapDialect }, answer.headers);
      throw failure('RateLimited', 'Keap throttles token requests', this.#facts(429), { retryAfterMs });
    }
    // 400 invalid_grant: the refresh token is spent, 45 days old, or revoked. 401: the client itself is not known.
    if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
      throw this.#needsConsent(`was refused by Keap (${answer.status})`, answer.status);
    }
    throw failure(
      'Unavailable',
      `the token was not renewed: Keap answered ${answer.status}`,
      this.#facts(answer.status),
    );
  }

  #needsConsent(what: string, status?: number) {
    const text = `the refresh token of ${this.#name} ${what}; give a new consent with "waybill setup ${this.#name}"`;
    return failure('NotAuthorized', text, this.#facts(status));
  }

  #facts(status?: number) {
    const facts = { platform: 'keap', connection: this.#name, operation: 'token' };
    return status === undefined ? facts : { ...facts, status };
  }

  get #name(): string {
    return this.served.connection.name;
  }
}

function bearer({ accessToken }: Tokens) {
  return { authorization: `Bearer ${accessToken}` };
}
