export interface KeyValue {
  key: string;
  value: string;
}

export interface Address {
  organization?: string | undefined;
  addressLine1: string;
  addressLine2?: string | undefined;
  country: string;
  state?: string | undefined;
  city?: string | undefined;
  postalCode?: string | undefined;
  isResidential: boolean;
}

export interface Contact {
  personName?: string | undefined;
  phoneNumber?: string | undefined;
  mobileNumber?: string | undefined;
  faxNumber?: string | undefined;
  emailAddress?: string | undefined;
}

export interface ShipTo {
  address: Address;
  contact?: Contact | undefined;
}

export interface OrderLine {
  /** From `1`. */
  lineNumber: string;
  externalLineReference?: string | undefined;
  productCode: string;
  quantity: number;
  quantityUnit?: string | undefined;
  lineAttributes: KeyValue[];
  lineCustomAttributes: KeyValue[];
  partAttributes: KeyValue[];
}

export interface TransportDetail {
  carrierCode?: string | undefined;
  serviceLevelCode?: string | undefined;
}

/** What a client asks for. A PATCH replaces all of it; fixed for life are only warehouse and primary reference. */
export interface Content {
  secondaryReference?: string | undefined;
  shipTo: ShipTo;
  /** Milliseconds since 1970. */
  requiredShipDate: number;
  lines: OrderLine[];
  additionalReferences: KeyValue[];
  note?: string | undefined;
  transportDetail: TransportDetail | null;
  rateGroup: string | null;
  incoTerm: string | null;
}

/** Goods of one line that belong together, by their serial number for example. */
export interface Subline {
  quantity: number;
  partAttributes: KeyValue[];
}

export interface ShipmentLine extends OrderLine {
  /** Empty until the goods have left. */
  sublines: Subline[];
}

export interface Package {
  packageReference: string;
  weight: number;
  weightUnit: string;
  length: number;
  width: number;
  height: number;
  dimUnit: string;
  packageType: string;
  packedLines: PackedLine[];
}

export interface PackedLine {
  quantity: number;
  orderLineReference: string;
  orderSubLineReference: string;
  productCode: string;
}

export interface Tracking {
  carrierCode: string;
  carrierName?: string | undefined;
  serviceLevelCode: string;
  trackingNumber: string;
}

/** What is known once the goods have left. */
export interface Departure {
  /** Milliseconds since 1970. */
  shippedAt: number;
  tracking: Tracking;
  packages: Package[];
  additionalReferences: KeyValue[];
}

/** A shipment of an order. It is the warehouse's: it follows the order late, and keeps what it had when work began. */
export interface Shipment {
  id: string;
  /** Number in the warehouse system. */
  wmsId: string;
  /** ENT, HEL, PIC, FIN, CAN, or whatever else it was set to. */
  status: string;
  createdAt: number;
  updatedAt: number;
  secondaryReference?: string | undefined;
  shipTo: ShipTo;
  requiredShipDate: number;
  lines: ShipmentLine[];
  pickedAt: number | null;
  departure: Departure | null;
}

/** All of an order that changes. */
export interface OrderState {
  content: Content;
  /** What the warehouse has been told: it learns late of a PATCH. */
  told: Content;
  shipments: Shipment[];
  updatedAt: number;
}

/** A PATCH that was accepted. */
export interface Patch {
  time: number;
  content: Content;
  /** When the shipments had it; null until then, and for ever when work began before. */
  followedAt: number | null;
}

/** Something that happens to an order by itself. */
export interface Due {
  at: number;
  /** Set when it brings a PATCH to the warehouse. */
  patch?: Patch;
  happen(draft: OrderState): void;
}

export interface Order {
  id: string;
  organization: string;
  warehouseCode: string;
  primaryReference: string;
  createdAt: number;
  /** Every state it has been in, the last one now: a search may show an older one. */
  versions: { at: number; state: OrderState }[];
  due: Due[];
  patches: Patch[];
}

/** A shipment that ended: nothing changes it any more. */
export function hasEnded({ status }: Shipment): boolean {
  return status === 'FIN' || status === 'CAN';
}

/** Nothing has been begun: the order can still be changed. */
export function isEditable({ status }: Shipment): boolean {
  return status === 'ENT' || status === 'HEL';
}

/** Derived from the shipments. A mixture of FIN and CAN is not documented: FIN here. */
export function orderStatus(shipments: readonly Shipment[]): 'PRS' | 'FIN' | 'CAN' {
  if (shipments.length === 0 || !shipments.every(hasEnded)) return 'PRS';
  return shipments.every(({ status }) => status === 'CAN') ? 'CAN' : 'FIN';
}

export function currentState({ versions }: Order): OrderState {
  const last = versions.at(-1);
  if (last === undefined) throw new Error('an order without a state');
  return last.state;
}

/** What an order was at that time; undefined when it was not yet. */
export function stateAt({ versions }: Order, time: number): OrderState | undefined {
  return versions.findLast(({ at }) => at <= time)?.state;
}
