import type { SandboxClock } from '../../clock.js';
import type { Subscriber, Webhooks } from '../../webhooks.js';
import type { Ids } from '../ids.js';
import type { BigcommerceSettings } from '../options.js';
import { unixSeconds } from '../times.js';
import type { Tokens } from '../tokens.js';
import { Domains } from './domains.js';
import { sha1Of, signature } from './signature.js';

export interface Hook {
  id: number;
  /** Of the app that registered it: no other one sees it. */
  clientId: string;
  scope: string;
  destination: string;
  /** Sent with each callback. */
  headers: Record<string, string> | null;
  isActive: boolean;
  createdAt: number;
  updatedAt: number;
  /** When the last event was for it. */
  heardAt: number;
}

/** A hook that hears nothing for so long is switched off. */
const forgottenMs = 90 * 24 * 3_600_000;

export interface HookParts {
  clock: SandboxClock;
  ids: Ids;
  settings: BigcommerceSettings;
  tokens: Tokens;
  webhooks: Webhooks;
  storeHash: string;
  storeId: string;
  /** Whoever looks after the hooks is written to. */
  deactivated(hook: Hook): void;
}

/** Who wants to hear of what, and where. */
export class Hooks {
  #all: Hook[] = [];

  readonly domains: Domains;

  constructor(private readonly parts: HookParts) {
    this.domains = new Domains(() => parts.clock.now());
  }

  add(wanted: Omit<Hook, 'id' | 'createdAt' | 'updatedAt' | 'heardAt'>): Hook {
    const now = this.parts.clock.now();
    const hook = { id: this.parts.ids.next('hook'), ...wanted, createdAt: now, updatedAt: now, heardAt: now };
    this.#all.push(hook);
    return hook;
  }

  remove({ id }: Hook): void {
    this.#all = this.#all.filter((hook) => hook.id !== id);
  }

  all(): readonly Hook[] {
    const now = this.parts.clock.now();
    for (const hook of this.#all) if (hook.heardAt + forgottenMs <= now) hook.isActive = false;
    return this.#all;
  }

  of(clientId: string): Hook[] {
    return this.all().filter((hook) => hook.clientId === clientId);
  }

  /** Tells everybody who subscribed to this. */
  tell(scope: string, data: object): void {
    const { clock, settings, webhooks } = this.parts;
    const heardSince = clock.now() - settings.hookDelayMs;
    for (const hook of this.#subscribed(scope)) {
      if (hook.createdAt <= heardSince)
        webhooks.emit(referenceOf(data), this.#body(scope, data), this.#subscriber(hook));
    }
  }

  /** Tells everybody who subscribed, however new; gives how many. */
  tellByHand(scope: string, data: object): number {
    const subscribed = this.#subscribed(scope);
    for (const hook of subscribed) {
      this.parts.webhooks.sendByHand(referenceOf(data), this.#body(scope, data), this.#subscriber(hook));
    }
    return subscribed.length;
  }

  #subscribed(scope: string): Hook[] {
    const subscribed = this.all().filter((hook) => hook.isActive && covers(hook.scope, scope));
    for (const hook of subscribed) hook.heardAt = this.parts.clock.now();
    return subscribed;
  }

  #subscriber(hook: Hook): Subscriber {
    const { clock, settings, tokens } = this.parts;
    return {
      url: hook.destination,
      headers: ({ messageId, body, time }) => {
        const secret = tokens.ofClient(hook.clientId)?.clientSecret;
        const signed = settings.signCallbacks && secret !== undefined;
        return {
          ...hook.headers,
          ...(signed && signature(`msg_${hook.id}_${messageId}`, unixSeconds(time), body, secret)),
        };
      },
      accepts: (status) => status >= 200 && status < 300,
      wanted: () => hook.isActive && this.#all.includes(hook),
      blocked: () => this.domains.isBlocked(hook.clientId, hook.destination),
      ended: (accepted) => this.domains.count(hook.clientId, hook.destination, accepted),
      givenUp: () => {
        if (!hook.isActive) return;
        hook.isActive = false;
        hook.updatedAt = clock.now();
        this.parts.deactivated(hook);
      },
    };
  }

  #body(scope: string, data: object): string {
    const { clock, storeHash, storeId } = this.parts;
    const payload = { scope, store_id: storeId, data };
    const producer = `stores/${storeHash}`;
    return JSON.stringify({ ...payload, hash: sha1Of(payload), created_at: unixSeconds(clock.now()), producer });
  }
}

/** A wildcard covers all that begins like it. */
const covers = (wanted: string, scope: string): boolean =>
  wanted === scope || (wanted.endsWith('/*') && scope.startsWith(wanted.slice(0, -1)));

/** What the message is about, for the ledger. */
function referenceOf(data: object): string {
  const { orderId, order_id, resource_id, id } = data as Record<string, unknown>;
  return String(orderId ?? order_id ?? resource_id ?? id ?? '');
}
