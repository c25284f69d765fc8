import { upsertMemo } from '@temporalio/workflow';
import { memoKeys, type Seen, type Told } from './contract.js';
import { fingerprint } from './fingerprint.js';

/** The newest that is known of an order at its platform, whoever has read it: the connection, or the order itself. */
export class Inbox {
  /** Of {@link Told.state}; undefined while nothing is known. */
  newest: object | undefined;
  /** Since when it has been like this, as far as anybody looked, in milliseconds since 1970. */
  since = 0;
  /** Counts what was taken: who remembers it knows whether there is news. */
  version = 0;
  /** When the newest was read, where its reader said so. */
  readAt = Number.NEGATIVE_INFINITY;
  private print: string | undefined;
  private remembered: string | undefined;

  /**
   * @param reference of the order, as it was written: platforms may care about the case
   * @param alias a hint by which the platform may name it instead
   */
  constructor(
    private readonly reference: () => string,
    private readonly alias: () => string | undefined = () => undefined,
  ) {}

  /**
   * Takes what was read, by the connection or by the order itself, unless something is known that was read later.
   *
   * @returns whether it was taken
   */
  take({ state, readAt }: Told): boolean {
    if (readAt < this.readAt) return false;
    this.readAt = readAt;
    this.put(state);
    return true;
  }

  /** The same where nobody says when it was read: unless something was taken since `version`. */
  see(state: object, version: number): boolean {
    if (this.version !== version) return false;
    this.put(state);
    return true;
  }

  /** What an earlier run knew. Its memo says so still. */
  restore({
    newest,
    since,
    readAt = Number.NEGATIVE_INFINITY,
  }: {
    newest: object;
    since: number;
    readAt?: number;
  }): void {
    const print = fingerprint(newest);
    Object.assign(this, { newest, since, readAt, print, version: 1 });
  }

  /** Equal states are no news. */
  private put(state: object): void {
    const print = fingerprint(state);
    if (print === this.print) return;
    Object.assign(this, { newest: state, print, since: Date.now() });
    this.version++;
  }

  /** Puts into the run's memo what is known, so that who reads the same later does not tell it again. An event each. */
  remember(): void {
    if (this.print === undefined || this.print === this.remembered) return;
    this.remembered = this.print;
    const alias = this.alias();
    const seen: Seen = { print: this.print, reference: this.reference(), ...(alias === undefined ? {} : { alias }) };
    upsertMemo({ [memoKeys.seen]: seen });
  }
}
