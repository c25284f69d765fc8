import type { SandboxClock } from '../clock.js';
import type { Subscriber, Webhooks } from '../webhooks.js';
import type { EventKey } from './events.js';
import { shakeHands } from './handshake.js';
import type { KeapHookSettings } from './options.js';
import { isoTime } from './times.js';

/** As many records as one call may name. */
const mostPerCall = 1_000;
/** Documented: no answer within 30 seconds is a failure. */
const answerWithinMs = 30_000;
/** The answer by which a receiver asks to be left alone at once. */
const gone = 410;

export type HookStatus = 'Unverified' | 'Verified' | 'Inactive';

/** One address that wants to hear of one kind of event. */
export interface Hook {
  key: number;
  eventKey: EventKey;
  url: string;
  /** Only a verified one hears anything. */
  status: HookStatus;
  /** Of the last handshake. */
  secret: string | null;
  handshakes: number;
  deleted: boolean;
}

const firstKey = 169;

/** REST hooks: who wants to hear of what, and what each is still to hear of. */
export class Hooks {
  readonly #ever: Hook[] = [];
  /** Records that wait for a hook's next call, with the time of their last change. */
  readonly #waiting = new Map<Hook, Map<number, number>>();
  readonly #stopped = new AbortController();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: KeapHookSettings,
    private readonly webhooks: Webhooks,
  ) {}

  add(eventKey: EventKey, url: string): Hook {
    const key = firstKey + this.#ever.length;
    const hook: Hook = { key, eventKey, url, status: 'Unverified', secret: null, handshakes: 0, deleted: false };
    this.#ever.push(hook);
    return hook;
  }

  get(key: string): Hook | undefined {
    return this.all().find((hook) => String(hook.key) === key);
  }

  all(): Hook[] {
    return this.#ever.filter(({ deleted }) => !deleted);
  }

  /** The deleted ones too. */
  ever(): readonly Hook[] {
    return this.#ever;
  }

  delete(hook: Hook): void {
    hook.deleted = true;
  }

  /** Asks the receiver whether it wants the hook; it is verified when the secret comes back. */
  async verify(hook: Hook): Promise<void> {
    hook.handshakes += 1;
    hook.secret = `hook-secret-${hook.key}-${hook.handshakes}`;
    const within = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerWithinMs)]);
    if (await shakeHands(hook.url, hook.secret, within)) hook.status = 'Verified';
  }

  /** The receiver brings the secret by itself. */
  confirm(hook: Hook, secret: string): boolean {
    if (hook.secret === null || secret !== hook.secret) return false;
    hook.status = 'Verified';
    return true;
  }

  /** Lets everybody who is verified hear of a change, together with others that come meanwhile. */
  tell(event: EventKey, id: number, time: number): void {
    for (const hook of this.#listening(event)) {
      const waiting = this.#waiting.get(hook);
      if (waiting !== undefined) {
        waiting.set(id, time);
        continue;
      }
      this.#waiting.set(hook, new Map([[id, time]]));
      void this.clock.wait(this.settings.batchMs).then(() => this.#call(hook));
    }
  }

  /** The same at once, whatever the records are; gives how many hooks there were. */
  tellByHand(event: EventKey, ids: readonly number[]): number {
    const listening = this.#listening(event);
    const changes = ids.map((id) => [id, this.clock.now()] as const);
    for (const hook of listening) this.webhooks.sendByHand(referenceOf(event, ids), bodyOf(event, changes), to(hook));
    return listening.length;
  }

  close(): void {
    this.#stopped.abort();
  }

  #listening(event: EventKey): Hook[] {
    return this.all().filter(({ status, eventKey }) => status === 'Verified' && eventKey === event);
  }

  #call(hook: Hook): void {
    const changes = [...(this.#waiting.get(hook) ?? [])];
    this.#waiting.delete(hook);
    if (this.#stopped.signal.aborted) return;
    for (let start = 0; start < changes.length; start += mostPerCall) {
      const part = changes.slice(start, start + mostPerCall);
      const ids = part.map(([id]) => id);
      this.webhooks.emit(referenceOf(hook.eventKey, ids), bodyOf(hook.eventKey, part), to(hook));
    }
  }
}

/** A hook that gave no good answer in all attempts, or is told to go, hears nothing more. */
function to(hook: Hook): Subscriber {
  return {
    url: hook.url,
    answerWithinMs,
    // Whatever is no error is taken for an answer.
    accepts: (status) => status >= 200 && status < 400,
    ends: (status) => status === gone,
    wanted: () => hook.status === 'Verified' && !hook.deleted,
    givenUp: () => {
      hook.status = 'Inactive';
    },
  };
}

const referenceOf = (event: EventKey, ids: readonly number[]): string => `${event} ${ids.join(',')}`;

/** Ids and nothing of the business. `apiUrl` may be empty, so it is: nobody is to be sent to Keap's own hosts. */
function bodyOf(event: EventKey, changes: readonly (readonly [id: number, time: number])[]): string {
  return JSON.stringify({
    event_key: event,
    object_type: event.slice(0, event.lastIndexOf('.')),
    object_keys: changes.map(([id, time]) => ({ id, apiUrl: '', timestamp: isoTime(time) })),
  });
}
