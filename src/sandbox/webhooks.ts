import { createHash } from 'node:crypto';
import type { SandboxClock } from './clock.js';
import { Chance } from './random.js';
import type { WebhookSettings } from './webhook-settings.js';

/** One POST of a message, in the ledger. Neither the body nor the address: both may carry what is nobody's business. */
export interface WebhookDelivery {
  id: number;
  /** The same for every attempt at a message and for its duplicates. */
  messageId: number;
  /** Sandbox time at which it was sent, milliseconds since 1970. */
  time: number;
  /** What the message is about, as the platform names it. */
  reference: string;
  /** SHA-256 of the body, in hex. */
  bodyDigest: string;
  /** From 1. */
  attempt: number;
  /** True for the second copy of a message that went out twice. */
  duplicate: boolean;
  /** `lost` never left; `failed` got no answer. Null while the answer is awaited. */
  end: 'answered' | 'failed' | 'lost' | null;
  /** Status of the answer. */
  status: number | null;
}

/** One who subscribed, and how the platform sends to it. */
export interface Subscriber {
  readonly url: string;
  /** Real milliseconds that it may take to answer; ten seconds unless told. */
  readonly answerWithinMs?: number;
  /** Of one attempt: secrets, or a signature over what is sent and when, in milliseconds of the sandbox's clock. */
  headers?(sent: { messageId: number; body: string; time: number }): Record<string, string>;
  /** Whether a message with this answer is delivered. Unless told anything but 200 is no success, another address included. */
  accepts?(status: number): boolean;
  /** Whether nothing is tried again after this answer. */
  ends?(status: number): boolean;
  /** Whether it still wants to hear; asked before each attempt. */
  wanted?(): boolean;
  /** Nothing is sent to it for the time being: the attempt fails at once. */
  blocked?(): boolean;
  /** Hears how each attempt that was sent ended. */
  ended?(accepted: boolean): void;
  /** The last attempt at a message was no success either. */
  givenUp?(): void;
}

interface Message {
  id: number;
  reference: string;
  body: string;
  /** Absent: whatever the settings say when it goes out. */
  to: Subscriber | undefined;
}

const isOk = (status: number): boolean => status === 200;

/** Real milliseconds that a receiver may take to answer. */
const answerWithinMs = 10_000;

/** Sends a platform's messages to whoever subscribed, as badly as the settings say. */
export class Webhooks {
  readonly #deliveries: WebhookDelivery[] = [];
  readonly #stopped = new AbortController();
  readonly #chance: Chance;
  #collected: Message[] = [];
  /** Lets the message go that waits to be overtaken. */
  #overtaken: (() => void) | null = null;
  #nextMessageId = 1;

  /** `settings` is read at each message, so that a change counts at once. */
  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: WebhookSettings,
    seed: number,
  ) {
    this.#chance = new Chance(seed);
  }

  /** A message about an event, now or when its turn comes: to one subscriber, or to the address in the settings. */
  emit(reference: string, body: string, to?: Subscriber): void {
    if (to === undefined && this.settings.url === null) return;
    const message = this.#message(reference, body, to);
    if (this.settings.paused) this.#collected.push(message);
    else this.#dispatch(message);
  }

  /** A message that no switch keeps back, loses or doubles. */
  sendByHand(reference: string, body: string, to?: Subscriber): void {
    if (to === undefined && this.settings.url === null) throw new Error('There is no webhook: set its url first.');
    void this.#deliver(this.#message(reference, body, to), { duplicate: false, mayBeLost: false });
  }

  /** Sends the first so many of the collected messages, all unless told; gives how many went. */
  release(count = this.#collected.length): number {
    const released = this.#collected.splice(0, count);
    for (const message of released) this.#dispatch(message);
    return released.length;
  }

  /** How many messages wait to be released. */
  get collected(): number {
    return this.#collected.length;
  }

  all(): WebhookDelivery[] {
    return this.#deliveries.map((delivery) => ({ ...delivery }));
  }

  /** Ends everything that is on its way. */
  close(): void {
    this.#stopped.abort();
    this.#overtaken?.();
  }

  #message(reference: string, body: string, to: Subscriber | undefined): Message {
    return { id: this.#nextMessageId++, reference, body, to };
  }

  #dispatch(message: Message): void {
    const { delayMs, duplicateShare, reorderShare, reorderWithinMs } = this.settings;
    const overtakes = this.#overtaken;
    this.#overtaken = null;
    const waitsForNext = overtakes === null && this.#chance.strikes(reorderShare);
    const copies = this.#chance.strikes(duplicateShare) ? [false, true] : [false];
    const start = this.clock.precise() + delayMs;
    const send = async () => {
      await this.clock.waitUntil(start);
      await Promise.all(copies.map((duplicate) => this.#deliver(message, { duplicate, mayBeLost: true })));
    };
    if (waitsForNext) {
      void this.#overtake(start + reorderWithinMs).then(send);
    } else {
      void send().then(() => overtakes?.());
    }
  }

  /** Resolves when another message has overtaken, or none has come by then. */
  async #overtake(until: number): Promise<void> {
    let overtaken = () => {};
    const next = new Promise<void>((resolve) => {
      overtaken = resolve;
    });
    this.#overtaken = overtaken;
    await Promise.race([next, this.clock.waitUntil(until)]);
    if (this.#overtaken === overtaken) this.#overtaken = null;
  }

  async #deliver(message: Message, { duplicate, mayBeLost }: { duplicate: boolean; mayBeLost: boolean }) {
    const waits = [0, ...this.settings.retryDelaysMs];
    for (const [index, wait] of waits.entries()) {
      if (wait > 0) await this.clock.wait(wait);
      const to = message.to ?? { url: this.settings.url ?? '' };
      if (this.#stopped.signal.aborted || to.wanted?.() === false) return;
      const delivery = this.#record(message, index + 1, duplicate);
      if (mayBeLost && this.#chance.strikes(this.settings.lossShare)) {
        delivery.end = 'lost';
        return;
      }
      const blocked = to.blocked?.() === true;
      delivery.status = blocked ? null : await this.#post(message, to);
      delivery.end = delivery.status === null ? 'failed' : 'answered';
      const accepted = delivery.status !== null && (to.accepts ?? isOk)(delivery.status);
      if (!blocked) to.ended?.(accepted);
      if (accepted) return;
      if (delivery.status !== null && to.ends?.(delivery.status) === true) break;
    }
    if (!this.#stopped.signal.aborted) message.to?.givenUp?.();
  }

  #record(message: Message, attempt: number, duplicate: boolean): WebhookDelivery {
    const delivery: WebhookDelivery = {
      id: this.#deliveries.length + 1,
      messageId: message.id,
      time: this.clock.now(),
      reference: message.reference,
      bodyDigest: createHash('sha256').update(message.body).digest('hex'),
      attempt,
      duplicate,
      end: null,
      status: null,
    };
    this.#deliveries.push(delivery);
    return delivery;
  }

  /** Status of the answer, null when none came. */
  async #post({ id, body }: Message, to: Subscriber): Promise<number | null> {
    if (to.url === '') return null;
    const own = to.headers?.({ messageId: id, body, time: this.clock.now() });
    try {
      const response = await fetch(to.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.settings.headers, ...own },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(to.answerWithinMs ?? answerWithinMs)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }
}
