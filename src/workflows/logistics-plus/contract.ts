import type { Contract } from '../contract.js';
import type { LogisticsPlusOrder } from './input.js';

export type { LogisticsPlusOrder, LogisticsPlusOrderInput } from './input.js';

/** One order under the reference, as far as its course goes. */
export interface LogisticsPlusStanding {
  readonly orderId: string;
  readonly warehouseCode: string;
  /** `PRS`, `FIN`, `CAN`; others may come. */
  readonly status: string;
  /** ISO time, as the platform keeps it. */
  readonly requiredShipDate?: string;
  /** Empty for a moment after creation. Statuses: `ENT`, `HEL`, `PIC`, `FIN`, `CAN`; others may come. */
  readonly shipments: readonly { readonly id: string; readonly status: string }[];
}

/** All that the platform shows under the reference, exactly, in every warehouse. What a waiting order is told. */
export interface LogisticsPlusSeen {
  /** In ascending order of their ids, shipments too. */
  readonly orders: readonly LogisticsPlusStanding[];
}

/** The order at Logistics Plus. */
export interface LogisticsPlusMade {
  readonly orderId: string;
  /** The id of the request that made it, for the platform's support. Absent when the order was found. */
  readonly requestId?: string;
}

/** Whether the platform shows an amendment: on the order, and where they carry it on its shipments. */
export interface LogisticsPlusShown {
  readonly shown: boolean;
  /** It will not be shown any more: every shipment has ended without it. */
  readonly ended?: boolean;
  /** What differs yet, one sentence each, naming the field. No values: they may be personal. */
  readonly differences: readonly string[];
}

/** A quantity of one line with the attributes (serial number, batch …) of just these pieces. Keys in lower case. */
export interface LogisticsPlusPieces {
  readonly quantity: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LogisticsPlusShipment {
  readonly id: string;
  /** The number in the warehouse's own system, `W` and 8 digits. */
  readonly wmsId?: string;
  readonly status: string;
  readonly actualShipDate?: string;
  readonly carrierCode?: string;
  readonly carrierName?: string;
  readonly serviceLevelCode?: string;
  readonly trackingNumber?: string;
  readonly packages: readonly {
    readonly packageReference: string;
    readonly packageType?: string;
    readonly weight?: number;
    readonly weightUnit?: string;
    readonly length?: number;
    readonly width?: number;
    readonly height?: number;
    readonly dimUnit?: string;
    readonly lines: readonly {
      readonly productCode: string;
      readonly quantity: number;
      readonly lineNumber?: string;
    }[];
  }[];
  readonly lines: readonly {
    readonly externalLineReference?: string;
    readonly lineNumber?: string;
    readonly productCode: string;
    readonly quantity: number;
    readonly pieces: readonly LogisticsPlusPieces[];
    /** Attributes of the line as a whole. Keys in lower case. */
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  /** `WHE` entered, `WHI` sent to pick, `FIN` finalized. */
  readonly milestones: readonly { readonly code: string; readonly actualDate: string }[];
}

/** What became of an order at the warehouse. */
export type LogisticsPlusFulfillment =
  /** Every line shipped in full. */
  | 'SHIPPED'
  /** Shipped short or over: see the lines. */
  | 'SHIPPED_WITH_DIFFERENCE'
  /** Some shipments were finalized and others canceled. */
  | 'PARTLY_CANCELED'
  | 'CANCELED';

/** How the order stands at its end, read from the platform. */
export interface LogisticsPlusShipped {
  readonly orderId: string;
  readonly warehouseCode: string;
  readonly primaryReference: string;
  readonly secondaryReference?: string;
  readonly fulfillment: LogisticsPlusFulfillment;
  /** Each line of the order, with what finalized shipments hold of it. */
  readonly lines: readonly {
    readonly externalLineReference: string;
    readonly productCode: string;
    readonly ordered: number;
    readonly shipped: number;
    /** Shipped less ordered. */
    readonly difference: number;
  }[];
  readonly shipments: readonly LogisticsPlusShipment[];
  readonly createdAt?: string;
}

/** What a finished order answers. */
export interface LogisticsPlusOrderResult extends LogisticsPlusShipped {
  /** Ids of the requests that wrote, for the platform's support. */
  readonly requestIds: readonly string[];
  /** How often the order was amended. */
  readonly amendments: number;
  /** Whether a person had to answer something. */
  readonly personInvolved: boolean;
}

/** What can be asked of a running order. */
export interface LogisticsPlusUpdates {
  /** The complete order as it should be from now on. Possible while every shipment is `ENT` or `HEL`. */
  readonly amend: LogisticsPlusOrder;
  readonly [name: string]: unknown;
}

/** An order at a warehouse of Logistics Plus, from its creation until every shipment is finalized or canceled. */
export const logisticsPlusOrder: Contract<LogisticsPlusOrder, LogisticsPlusOrderResult, LogisticsPlusUpdates> = {
  name: 'logisticsPlusOrder',
  platform: 'logistics-plus',
  title: 'Logistics Plus order',
  fixed: ['connection', 'reference', 'warehouseCode', 'startAt'],
  updates: ['amend'],
};
