/** The owner's consent to our use of an account, for platforms that ask for it (OAuth's authorization code). */
export interface Consent {
  /** Whether there is one that can be used, as far as can be told without asking the platform. */
  given(): Promise<boolean>;
  /**
   * Where the owner says yes. The platform then sends the browser on, with `code=…` in the address.
   *
   * @throws {@link ConsentError} when a setting is missing for it
   */
  authorizeUrl(): string;
  /**
   * Exchanges the code, which works once and for some minutes, for the first pair of tokens, and stores it. When this
   * resolves, a worker that starts on the same state folder can serve the connection.
   *
   * @param answer the code, or the whole address that the browser was sent to
   * @throws {@link ConsentError} when nothing usable was stored
   */
  redeem(answer: string): Promise<void>;
}

/** There is no usable consent. The message says why and what to do, and shows neither code nor token nor secret. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError';
}
