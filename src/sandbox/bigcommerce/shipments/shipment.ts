import type { Ids } from '../ids.js';

export interface ShipmentItem {
  /** Of the order's line. */
  orderProductId: number;
  quantity: number;
}

export interface Shipment {
  id: number;
  orderId: number;
  orderAddressId: number;
  createdAt: number;
  items: ShipmentItem[];
  trackingNumber: string;
  trackingLink: string;
  trackingCarrier: string;
  shippingProvider: string;
  shippingMethod: string;
  merchantShippingCost: number;
  comments: string;
  /** Null while it is there. */
  deletedAt: number | null;
}

/** Parcels. They have no status: they are there, or they are not. */
export class Shipments {
  readonly #all: Shipment[] = [];

  constructor(private readonly ids: Ids) {}

  add(shipment: Omit<Shipment, 'id' | 'deletedAt'>): Shipment {
    const added = { id: this.ids.next('shipment'), ...shipment, deletedAt: null };
    this.#all.push(added);
    return added;
  }

  of(orderId: number): Shipment[] {
    return this.#all.filter((shipment) => shipment.orderId === orderId && shipment.deletedAt === null);
  }

  /** The deleted ones among them. */
  ever(): readonly Shipment[] {
    return this.#all;
  }
}
