/** What every new Logistics Plus sandbox holds. The same codes each time, so that examples may name them. */

export interface SeedProduct {
  productCode: string;
  productDescription: string;
  /** ANE is for goods with serial numbers, ASP for all others. */
  pickMode: 'ANE' | 'ASP';
  unitPrice: string;
  weightPerProduct: number;
}

const plain = (productCode: string, productDescription: string, unitPrice: string, weightPerProduct: number) =>
  ({ productCode, productDescription, pickMode: 'ASP', unitPrice, weightPerProduct }) satisfies SeedProduct;

export const logisticsPlusSeed = {
  /** Of a multi-organization integration: every request has to name the organization. */
  apiKey: 'lp-sandbox-0123456789abcdef',
  /** Of a single-organization integration, for the organization `slug`. */
  singleOrganizationApiKey: 'lp-single-0123456789abcdef',
  slug: 'waybill-goods',
  /** Another organization of the same account: its orders are its own. */
  otherSlug: 'waybill-outlet',
  warehouses: ['LAW', 'CLW'],
  products: [
    plain('MUG-B', 'Blue mug', '24.95', 0.9),
    plain('TEA-1', 'Green tea', '9.9000', 0.25),
    plain('POT-2', 'Tea pot', '39.00', 2.4),
    { ...plain('KETTLE-E', 'Electric kettle', '89.00', 3.1), pickMode: 'ANE' as const },
  ] satisfies SeedProduct[],
  /** What rate shopping chooses in each group. */
  rateGroups: {
    ECO: { carrierCode: 'FEDEXPELS', carrierName: 'Fedex', serviceLevelCode: '' },
    FAST: { carrierCode: 'UPSN', carrierName: 'UPS', serviceLevelCode: '2DA' },
  },
  /** Who carries what neither names a carrier nor asks for rate shopping. */
  carrier: { carrierCode: 'FX', serviceLevelCode: 'GND' },
  /** The branch that the costs of a job go to. */
  branch: 'CNO',
} as const;
