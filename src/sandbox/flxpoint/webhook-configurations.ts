import type { Webhooks } from '../webhooks.js';
import type { Ids } from './ids.js';
import type { FulfillmentRequest, Order } from './orders.js';

export const webhookEvents = ['OrderImportedEvent', 'FulfillmentRequestProcessingEvent'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export interface WebhookConfiguration {
  id: number;
  configurationName: string;
  /** Narrow the events to one source or channel; null: all. */
  sourceId: number | null;
  channelId: number | null;
  webhookUrl: string;
  notificationEmail: string | null;
  status: 'active' | 'disabled' | 'deleted';
  subscribedEvents: WebhookEvent[];
  createdAt: number;
  updatedAt: number;
}

/** What a message is about. */
export interface Subject {
  orderId: number;
  fulfillmentRequestId?: number | undefined;
}

/** Who wants to hear of what. */
export class WebhookConfigurations {
  readonly #all: WebhookConfiguration[] = [];

  constructor(
    private readonly ids: Ids,
    private readonly webhooks: Webhooks,
  ) {}

  add(wanted: Omit<WebhookConfiguration, 'id'>): WebhookConfiguration {
    const configuration = { id: this.ids.next('webhookConfiguration'), ...wanted };
    this.#all.push(configuration);
    return configuration;
  }

  /** The deleted ones too: their status says so. */
  all(): WebhookConfiguration[] {
    return this.#all;
  }

  /** Tells everybody who subscribed to this. */
  tell(event: WebhookEvent, { id: orderId, channelId }: Order, request?: FulfillmentRequest): void {
    const subject = { orderId, fulfillmentRequestId: request?.id };
    for (const configuration of this.#subscribed(event)) {
      if (configuration.channelId !== null && configuration.channelId !== channelId) continue;
      if (configuration.sourceId !== null && configuration.sourceId !== request?.sourceId) continue;
      this.webhooks.emit(String(orderId), bodyOf(event, subject), { url: configuration.webhookUrl });
    }
  }

  /** Tells everybody who subscribed, whatever it is about; gives how many. */
  tellByHand(event: WebhookEvent, subject: Subject): number {
    const subscribed = this.#subscribed(event);
    for (const { webhookUrl } of subscribed) {
      this.webhooks.sendByHand(String(subject.orderId), bodyOf(event, subject), { url: webhookUrl });
    }
    return subscribed.length;
  }

  #subscribed(event: WebhookEvent): WebhookConfiguration[] {
    return this.#all.filter(({ status, subscribedEvents }) => status === 'active' && subscribedEvents.includes(event));
  }
}

/** Invented: what a message holds is not documented. */
function bodyOf(event: WebhookEvent, { orderId, fulfillmentRequestId }: Subject): string {
  return JSON.stringify({ event, orderId, fulfillmentRequestId });
}
