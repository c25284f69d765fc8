/** What every new Infoplus sandbox holds. The same codes each time, so that examples may name them. */

export interface SeedItem {
  sku: string;
  itemDescription: string;
  /** What becomes of a line that is not in stock: an order of its own, or nothing. */
  backorder: 'Yes' | 'No';
  onHand: number;
  weightLbs: number;
}

/** More than any test ships by accident. */
const plenty = 1_000;

const plain = (sku: string, itemDescription: string, weightLbs: number) =>
  ({ sku, itemDescription, backorder: 'Yes', onHand: plenty, weightLbs }) satisfies SeedItem;

export const infoplusSeed = {
  /** A key belongs to a user; 64 hexadecimal characters. */
  apiKey: '5a17c0de'.repeat(8),
  /** Of another user of the same site: it has a limit of its own and shares the site's. */
  otherApiKey: '0ddba11e'.repeat(8),
  lobId: 10_000,
  /** Another line of business of the site, with orders, customers and items of its own. */
  otherLobId: 10_001,
  warehouseId: 1_000,
  /** Ground parcels. */
  carrierId: 1,
  linesOfBusiness: [
    { id: 10_000, name: 'Waybill Goods', code: 'GOODS' },
    { id: 10_001, name: 'Waybill Outlet', code: 'OUTLET' },
  ],
  warehouses: [
    { id: 1_000, name: 'Memphis 1', city: 'Memphis', state: 'Tennessee', zip: '38118', timeZone: 'America/Chicago' },
    { id: 1_001, name: 'Reno 1', city: 'Reno', state: 'Nevada', zip: '89502', timeZone: 'America/Los_Angeles' },
  ],
  carriers: [
    { carrier: 1, label: 'UPS GROUND', scac: 'UPSN' },
    { carrier: 2, label: 'UPS NEXT DAY AIR', scac: 'UPSN' },
    { carrier: 3, label: 'FEDEX GROUND', scac: 'FDEG' },
    { carrier: 100, label: 'BEST WAY TRUCK', scac: 'BWTR' },
  ],
  /** What a parcel really went by; the carrier is what an order asks for. */
  carrierServices: [
    { id: 12, label: 'UPS Ground', carrierCompany: 'UPS' },
    { id: 13, label: 'FedEx Ground', carrierCompany: 'FedEx' },
  ],
  items: [
    plain('MUG-B', 'Blue mug', 0.9),
    plain('TEA-1', 'Green tea', 0.25),
    plain('POT-2', 'Tea pot', 2.4),
    plain('KETTLE-E', 'Electric kettle', 3.1),
    { ...plain('LAMP-3', 'Desk lamp', 4.2), onHand: 0 },
    { ...plain('CARD-G', 'Greeting card', 0.05), onHand: 0, backorder: 'No' as const },
  ] satisfies SeedItem[],
  orderSources: [{ id: 501, lobId: 10_000, name: 'Web shop' }],
  orderLoadPrograms: [
    { id: 1, label: 'API' },
    { id: 2, label: 'Manual entry' },
  ],
  fulfillmentPlans: [
    { id: 7, name: 'Single orders', warehouseId: 1_000, autoShipOrders: false },
    { id: 8, name: 'Ship without packing', warehouseId: 1_000, autoShipOrders: true },
    { id: 9, name: 'Single orders, Reno', warehouseId: 1_001, autoShipOrders: false },
  ],
  customFields: [
    { id: 301, name: 'sourceRunId', label: 'Source run', fieldType: 'String', recordType: 'Order' },
    { id: 302, name: 'promisedOn', label: 'Promised on', fieldType: 'Date', recordType: 'Order' },
    { id: 303, name: 'giftWrap', label: 'Gift wrap', fieldType: 'Boolean', recordType: 'Order' },
  ],
} as const;
