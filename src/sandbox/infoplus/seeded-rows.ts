import type { Row } from './field-types.js';
import { infoplusSeed } from './seed.js';

/** When the account was set up. */
const setUpAt = Date.UTC(2024, 0, 15);
const dates = { createDate: setUpAt, modifyDate: setUpAt, customFields: {} };

/** The seeded records, with what is required of their kind. */
export const seededRows = {
  linesOfBusiness: infoplusSeed.linesOfBusiness.map((each) => ({
    ...each,
    label: `${each.name} (${each.id})`,
    onHold: false,
    ...dates,
  })),
  warehouses: infoplusSeed.warehouses.map((each) => ({
    ...each,
    client: 1,
    company: 'Waybill Fulfillment',
    street1: '1 Dock Road',
    country: 'UNITED STATES',
    phone: '901-555-0100',
    packStationAllowPackingBeforePickWorkIsComplete: false,
    packStationSkipCartonLPN: false,
    packStationRequireConfirmOnError: false,
    packStationAllowScanningSKUToIdentifyOrders: false,
    packStationAllowEntryOfItemQuantities: true,
    shipStationWeightCheckPackedOrders: false,
    shipStationShowUserWeightCheckExceptions: false,
    shipStationAutoPrintPreGeneratedLabels: false,
    shipStationAllowScanningSKUToIdentifyOrders: false,
    ...dates,
  })),
  orderSources: infoplusSeed.orderSources.map((each) => ({ ...each, ...dates })),
  fulfillmentPlans: infoplusSeed.fulfillmentPlans.map((each) => ({
    ...each,
    orderSmartFilterId: 41,
    createPickWork: true,
    pickScanSchemeId: 1,
    cartonizeOrders: false,
    createPackingSlip: 'No',
    createOrderInvoice: 'No',
    sendToExternalShippingSystem: false,
    ...dates,
  })),
  customFields: infoplusSeed.customFields.map((each) => ({
    ...each,
    enabled: true,
    searchable: true,
    tabLabel: 'Custom',
    ...dates,
  })),
} as const satisfies Record<string, readonly Row[]>;
