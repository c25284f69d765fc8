import type { Contract } from '../contract.js';
import type { InfoplusOrder } from './input.js';

export type { InfoplusOrder, InfoplusOrderInput } from './input.js';

/** Ids at Infoplus behind the names in connection and order. */
export interface InfoplusPlace {
  readonly lobId: number;
  readonly warehouseId: number;
  readonly carrierId: number;
}

/** What is wanted at Infoplus. */
export interface InfoplusWanted {
  readonly order: InfoplusOrder;
  readonly at: InfoplusPlace;
}

/** The customer of the order. */
export interface InfoplusCustomer {
  readonly customerNo: string;
  readonly customerId: string;
  readonly created: boolean;
  /** Fields of the order's bill-to that the customer has otherwise. No values: they are personal. */
  readonly differences: readonly string[];
}

/** One order under the reference, or a back order of one. */
export interface InfoplusStanding {
  /** `48211` for an order, `48211.001` for its first back order. */
  readonly orderNo: string;
  /** The order that it is, or is a part of: `48211` for both. */
  readonly root: string;
  /** `Pending`, `On Order`, `Processed`, `Shipped`, `Back Order`, `Cancelled`, `Error`; others may come. */
  readonly status: string;
  readonly holdCode?: string;
  /** Pieces in its lines. */
  readonly ordered: number;
  /** Pieces that a shipped order did not take along: a back order may follow. */
  readonly open: number;
}

/** All that the platform shows under the reference, exactly. What a waiting order is told. */
export interface InfoplusSeen {
  /** In ascending order of their numbers. */
  readonly orders: readonly InfoplusStanding[];
  /** Our order is shown neither by a search nor by its number: somebody deleted it. Seen by the order's own look only. */
  readonly gone?: true;
}

/** The order at Infoplus. */
export interface InfoplusMade {
  /** Of the order itself, not of a back order: `48211`. */
  readonly orderNo: string;
  /** Whether it shows the wanted custom fields. */
  readonly fieldsSet: boolean;
  /** It had come to its end when it was found: nothing is written to it any more. */
  readonly ended?: true;
}

/** Whether the platform shows an amendment. */
export interface InfoplusShown {
  readonly shown: boolean;
  /** What differs yet, one sentence each, naming the field. No values: they may be personal. */
  readonly differences: readonly string[];
}

/** What became of a change that an order can do without. */
export interface InfoplusChange {
  readonly done: boolean;
  /** In the platform's words, when it refused. */
  readonly why?: string;
}

/** What was done to ask the people at the warehouse to cancel. */
export interface InfoplusAsked {
  /** Orders that carry the tag now. */
  readonly tagged: readonly string[];
  /** Orders that were put on hold, so that nobody processes them meanwhile, with the hold code that they had. */
  readonly held: readonly { readonly orderNo: string; readonly was: string }[];
}

/** What could not be taken back of {@link InfoplusAsked}. */
export interface InfoplusStillAsked {
  /** e.g. `tag Cancel Order of 48211 (Infoplus's reason)` */
  readonly left: readonly string[];
}

/** A parcel. */
export interface InfoplusParcel {
  readonly shipmentId: string;
  readonly orderNo: string;
  readonly trackingNo?: string;
  /** `Staged`, `In-Transit`, `Delivered` …; others may come. */
  readonly status: string;
  readonly carrierCompany?: string;
  /** Name of the carrier's service. */
  readonly carrierLabel?: string;
  readonly shipDate?: string;
  readonly weightLbs?: number;
}

/** What became of an order at the warehouse. */
export type InfoplusFulfillment =
  /** Every line shipped in full. */
  | 'SHIPPED'
  /** Shipped short or over: see the lines. */
  | 'SHIPPED_WITH_DIFFERENCE'
  /** A part was shipped and another cancelled or deleted. */
  | 'PARTLY_CANCELED'
  | 'CANCELED';

/** How the order stands at its end, read from the platform. */
export interface InfoplusShipped {
  readonly orderNo: string;
  readonly customerOrderNo: string;
  readonly status: string;
  readonly fulfillment: InfoplusFulfillment;
  readonly shipDate?: string;
  /** Each line of the order, with what it and its back orders shipped of it. */
  readonly lines: readonly {
    readonly sku: string;
    readonly ordered: number;
    readonly shipped: number;
    /** Shipped less ordered. */
    readonly difference: number;
  }[];
  /** Without voided ones. */
  readonly parcels: readonly InfoplusParcel[];
  /** Of the parcels; for an order whose parcels show none, its own. */
  readonly trackingNos: readonly string[];
  /** Numbers of orders that shipped and show none at all. */
  readonly withoutTracking: readonly string[];
  /** The parts of the order that were split off, each an order of its own at Infoplus. */
  readonly backOrders: readonly { readonly orderNo: string; readonly status: string }[];
  readonly createdAt?: string;
}

/** What became of an order, and whether that is the end: a back order may have come to light meanwhile. */
export interface InfoplusEnd {
  readonly ended: boolean;
  readonly shipped: InfoplusShipped;
}

/** What a finished order answers. */
export interface InfoplusOrderResult extends InfoplusShipped {
  /** Absent where Infoplus made a customer by itself. */
  readonly customer?: InfoplusCustomer;
  /** How often the order was amended. */
  readonly amendments: number;
  /** Whether a person had to answer something. */
  readonly personInvolved: boolean;
}

/** What can be asked of a running order. */
export interface InfoplusUpdates {
  /** The complete order as it should be from now on. Possible until it is processed. */
  readonly amend: InfoplusOrder;
  /** Takes the hold off that the order was created with. */
  readonly release: Readonly<Record<string, never>>;
  readonly [name: string]: unknown;
}

/** An order at a warehouse that runs on Infoplus, until it and all its back orders are shipped or cancelled. */
export const infoplusOrder: Contract<InfoplusOrder, InfoplusOrderResult, InfoplusUpdates> = {
  name: 'infoplusOrder',
  platform: 'infoplus',
  title: 'Infoplus order',
  fixed: ['connection', 'reference', 'startAt'],
  updates: ['amend', 'release'],
};
