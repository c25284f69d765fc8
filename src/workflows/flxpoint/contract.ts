import type { Contract, OrderHead } from '../contract.js';
import type { FlxpointLine, FlxpointLines, FlxpointOrder, FlxpointShip } from './input.js';

export type { FlxpointLine, FlxpointLines, FlxpointOrder, FlxpointOrderInput, FlxpointShip } from './input.js';

/** Whose order a step is about. The lines stay out of it: with all of them in each step, the history would grow with their square. */
export type FlxpointAt = Pick<OrderHead, 'connection' | 'reference'>;

/** The one variant id that a line is added by, and the SKU that its item is known by afterwards. */
export interface FlxpointVariant {
  readonly sku?: string;
  readonly listingVariantId?: string;
  readonly productVariantId?: string;
}

/** The order before a line was added: what is there later and was not then, was added. */
export interface FlxpointBefore {
  /** Ids of all items of the order, ascending. */
  readonly items: readonly string[];
  /** The quantities of those items together. */
  readonly pieces: number;
  /** How many additions the order's history tells of. */
  readonly added: number;
}

/** A line together with all that was looked up for it; the argument of the steps that add it. */
export interface FlxpointWanted {
  readonly line: FlxpointLine;
  readonly variant: FlxpointVariant;
  readonly before: FlxpointBefore;
}

/** A line that is on the order. */
export interface FlxpointMade {
  /** The caller's own number of the line. */
  readonly reference: string;
  readonly orderItemId: string;
  readonly quantity: number;
}

/** One item of the order, whoever added it. */
export interface FlxpointItem {
  readonly orderItemId: string;
  readonly quantity: number;
  readonly shipped: number;
  /** Canceled for good, on the order itself. */
  readonly canceled: number;
}

/** A fulfillment request of the order, as far as its course goes. */
export interface FlxpointRequest {
  readonly id: string;
  readonly number?: string;
  /** The handle: `unprocessed`, `processing`, `processed`, `acknowledged` …; others may come. */
  readonly status: string;
  /** Why it does not go on, in Flxpoint's own words, without personal data. */
  readonly reason?: string;
  /** It waits for the acknowledgement of the source that Waybill plays. */
  readonly toAcknowledge?: true;
  /** What may still ship of it. Empty when it has ended, or went into another document, which is then listed too. */
  readonly open: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

/** How an order stands. What a waiting order is told. Everything in ascending order of its ids. */
export interface FlxpointSeen {
  readonly orderId: string;
  /** `Open`, `On Hold` …; others may come. */
  readonly orderStatus: string;
  /** `Paid`, `Declined` …; others may come. */
  readonly paymentStatus?: string;
  readonly channelId?: string;
  /** References of lines that the order is tagged with, in lower case, sorted. */
  readonly tagged: readonly string[];
  readonly items: readonly FlxpointItem[];
  readonly requests: readonly FlxpointRequest[];
}

/** What became of an attempt to cancel a line through its fulfillment requests. */
export interface FlxpointKilled {
  /** The order as it stood afterwards. */
  readonly seen: FlxpointSeen;
  /** What could not be canceled by a call, one sentence each. */
  readonly refused: readonly string[];
}

/** A parcel as it is posted: what one fulfillment request sends of it. */
export interface FlxpointParcel extends Omit<FlxpointShip, 'lines'> {
  readonly fulfillmentRequestId: string;
  /** The source has to acknowledge the request first. */
  readonly toAcknowledge: boolean;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

/** A parcel that stands at Flxpoint. Its id is known when it was found there. */
export interface FlxpointPosted {
  readonly shipmentId?: string;
}

/** A shipment at Flxpoint. */
export interface FlxpointShipment {
  readonly id: string;
  readonly fulfillmentRequestId?: string;
  readonly trackingNumber?: string;
  readonly carrier?: string;
  readonly method?: string;
  readonly trackingUrl?: string;
  readonly shippedAt?: string;
  /** What it holds of the lines of this run. */
  readonly items: readonly { readonly reference: string; readonly orderItemId: string; readonly quantity: number }[];
}

/** What the order's lines became, read from the platform. */
export interface FlxpointFulfilled {
  readonly orderId: string;
  readonly orderNumber?: string;
  readonly orderStatus: string;
  readonly lines: readonly {
    readonly reference: string;
    readonly orderItemId: string;
    readonly sku?: string;
    readonly ordered: number;
    readonly shipped: number;
    readonly canceled: number;
  }[];
  readonly fulfillmentRequests: readonly {
    readonly id: string;
    readonly fulfillmentRequestNumber?: string;
    readonly sourceId?: string;
    readonly status: string;
  }[];
  readonly shipments: readonly FlxpointShipment[];
  /** Of those fulfillment requests; only where the input asks for them. */
  readonly invoices?: readonly {
    readonly id: string;
    readonly fulfillmentRequestId: string;
    readonly invoiceNumber?: string;
    /** Decimal string, in the currency of the source. */
    readonly totalCost?: string;
    readonly status?: string;
  }[];
  /** Those that hold one of the lines; only where the input asks for them. */
  readonly returns?: readonly {
    readonly id: string;
    readonly returnNumber?: string;
    readonly status?: string;
    readonly items: readonly { readonly reference: string; readonly orderItemId: string; readonly quantity: number }[];
  }[];
}

/** What a finished order answers. */
export interface FlxpointOrderResult extends FlxpointFulfilled {
  /** Whether a person had to answer something. */
  readonly personInvolved: boolean;
}

/** What can be asked of a running order. */
export interface FlxpointUpdates {
  /** More lines for the same order. Their references must be new. */
  readonly addLines: FlxpointLines;
  /** A parcel has left. Possible where Waybill plays the source (`playSource`). */
  readonly ship: FlxpointShip;
  readonly [name: string]: unknown;
}

/** Lines that are added to an order at Flxpoint, until each of them has shipped or was canceled. */
export const flxpointOrder: Contract<FlxpointOrder, FlxpointOrderResult, FlxpointUpdates> = {
  name: 'flxpointOrder',
  platform: 'flxpoint',
  title: 'Flxpoint order',
  // Not the lines: what the update `addLines` brings has the same name, and is checked by the story.
  fixed: ['connection', 'reference', 'startAt'],
  again: true,
  updates: ['addLines', 'ship'],
};
