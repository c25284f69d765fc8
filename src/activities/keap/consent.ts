import { createHmac } from 'node:crypto';
import type { Connection } from '../connection.js';
import { type Consent, ConsentError } from '../consent.js';
import { createSend, type HttpAnswer, NoAnswer } from '../http.js';
import { createLimiter } from '../limiter.js';
import { type KeapSettings, settingsOf } from './settings.js';
import { tokenRequest, tokensIn } from './token-endpoint.js';
import { readTokens, storeTokens, type Tokens, tokensFile } from './tokens.js';

/** As Keap's developer portal states it: one page for all accounts, on another host than the APIs. */
const AUTHORIZE_URL = 'https://accounts.infusionsoft.com/app/oauth/authorize';

/** A refresh token works for 45 days, the access token that came with it for one. */
const REFRESH_OUTLIVES_ACCESS_MS = 44 * 24 * 3_600_000;

/** The consent that a connection with OAuth lives on; undefined for one with a key. */
export function consentTo(connection: Connection, stateFolder: string): Consent | undefined {
  const { oauth } = settingsOf(connection).auth;
  return oauth && new KeapConsent(connection, oauth, tokensFile(stateFolder, connection.name));
}

class KeapConsent implements Consent {
  readonly #name: string;
  /**
   * Comes back in the address that the browser is sent to, and shows that it answers our question about this very
   * connection. Made from the secret, so that nobody else can make it and another process knows it again.
   */
  readonly #state: string;

  constructor(
    private readonly connection: Connection,
    private readonly oauth: NonNullable<KeapSettings['auth']['oauth']>,
    private readonly file: string,
  ) {
    this.#name = connection.name;
    this.#state = createHmac('sha256', oauth.clientSecret).update(`consent to ${connection.name}`).digest('hex');
  }

  async given(): Promise<boolean> {
    let stored: Tokens | undefined;
    try {
      stored = await readTokens(this.file);
    } catch (error) {
      throw new ConsentError(`${this.#name}: ${messageOf(error)}`);
    }
    // Once there is a pair, the one in the settings has been replaced by it.
    if (stored === undefined) return this.oauth.refreshToken !== undefined;
    return Date.now() < stored.expiresAt + REFRESH_OUTLIVES_ACCESS_MS;
  }

  authorizeUrl(): string {
    const url = new URL(AUTHORIZE_URL);
    url.search = new URLSearchParams({
      client_id: this.oauth.clientId,
      redirect_uri: this.#redirectUri(),
      response_type: 'code',
      // The only one that Keap has.
      scope: 'full',
      state: this.#state,
    }).toString();
    return url.href;
  }

  async redeem(answer: string): Promise<void> {
    const redirectUri = this.#redirectUri();
    const tokens = await this.#exchange(this.#codeIn(answer.trim()), redirectUri);
    try {
      await storeTokens(this.file, tokens);
    } catch (error) {
      const what = `Keap gave out the tokens, but they could not be stored in ${this.file}: ${messageOf(error)}`;
      throw this.#again(`${what}. See to that first: the code is spent`);
    }
  }

  /** Keap compares it with the registered one, and in the exchange with the one that the code was asked for with. */
  #redirectUri(): string {
    const { redirectUri } = this.oauth;
    if (redirectUri !== undefined) return redirectUri;
    throw new ConsentError(
      `${this.#name}: auth.oauth.redirectUri is missing in its settings; expected the address that is registered for the client at Keap`,
    );
  }

  /** A code by itself is taken as it is; a whole address is checked as well. */
  #codeIn(answer: string): string {
    const query = URL.canParse(answer) ? new URL(answer).searchParams : undefined;
    if (query === undefined || !(query.has('code') || query.has('error'))) return answer;
    if (query.get('state') !== this.#state) {
      throw this.#again('the address does not answer the question about this connection (its state is another one)');
    }
    const code = query.get('code');
    if (code) return code;
    throw this.#again(`the consent was not given (${wordIn(query.get('error')) ?? 'no code in the address'})`);
  }

  async #exchange(code: string, redirectUri: string): Promise<Tokens> {
    const { clientId, clientSecret } = this.oauth;
    const request = tokenRequest(this.connection, {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: redirectUri,
    });
    // One request of a person: the limits that a worker keeps have room for it.
    const send = createSend({ limiter: createLimiter({ windows: [], concurrency: 1 }) });
    let answer: HttpAnswer;
    try {
      answer = await send(request);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { origin } = new URL(request.url);
      if (error.sent)
        throw this.#again(`Keap did not answer at ${origin}, and the code may be spent: ${error.message}`);
      throw new ConsentError(
        `${this.#name}: Keap was not reached at ${origin}: ${error.message}. The code is not spent; try again within minutes`,
      );
    }
    const tokens = answer.status === 200 ? tokensIn(answer, Date.now()) : undefined;
    if (tokens === undefined) throw this.#refusal(answer, redirectUri);
    return tokens;
  }

  #refusal({ status, text }: HttpAnswer, redirectUri: string): ConsentError {
    const word = errorIn(text);
    const says = `Keap answered ${status}${word === undefined ? '' : ` ${word}`}`;
    if (status === 200) return this.#again("Keap's answer cannot be read, and the code is spent");
    if (status === 401 || status === 403 || word === 'invalid_client') {
      return new ConsentError(
        `${this.#name}: ${says}: it does not know the client; check auth.oauth.clientId and clientSecret`,
      );
    }
    if (status === 400) {
      const why = `a code works once, for some minutes, and with its own redirectUri only (here ${redirectUri})`;
      return this.#again(`${says}: ${why}`);
    }
    return this.#again(`${says}; wait a minute`);
  }

  /** An error after which the owner has to agree once more. */
  #again(what: string): ConsentError {
    return new ConsentError(`${this.#name}: ${what}. Run "waybill setup ${this.#name}" for a new code`);
  }
}

/** OAuth's own word for a refusal. Anything else could be a text with our request in it. */
function errorIn(body: string): string | undefined {
  try {
    return wordIn((JSON.parse(body) as { readonly error?: unknown } | null)?.error);
  } catch {
    return undefined;
  }
}

/** The words of RFC 6749 are small letters and underscores. */
function wordIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
