import { allFields, type Fields, fields } from './field-types.js';

const generalItemFields: Fields = fields({
  s: `
    sku vendorSKU upc itemDescription packingSlipDescription absoluteMax additionalDescription backorder
    chargeCode pricingPer lotControlFlag pickCode podRevDate status seasonalItem requiresProductionLot sector
    secure serialCode unitCode innerPackBarcode caseBarcode palletBarcode wrapCode extrinsicText1 extrinsicText2
    extrinsicText3 casebreakEnabled vendorPer primaryImage pickImage behaviorType assemblyInstructions
    forwardLotMixingRule storageLotMixingRule forwardItemMixingRule storageItemMixingRule allocationRule
    allocationSort allocationField barcodeField warehouseDisplayField asnRule quantityType hazmat alcoholType
    alcoholContainer alcoholVintageYear alcoholCountry alcoholState alcoholRegion alcoholBrand alcoholUPCCode
    alcoholNAMBCACode alcoholUNIMERCCode alcoholSCCCode overallStockStatus
  `,
  i: `
    id accountCodeId lowStockContactId legacyLowLevelContactId lowStockCodeId majorGroupId subGroupId
    productCodeId summaryCodeId buyerId lobId commodityCodeId companionCode criticalAmount
    overallFixedReorderPoint overallLeadTime maxCycle maxInterim numericSortOrder outsideVendorId podOrderSuffix
    unitsPerWrap quantityPerInnerPack quantityPerCase quantityPerPallet extrinsicNumber1 extrinsicNumber2 vendorId
    productIdTagSchemeId itemSerialSchemeId receivingCriteriaSchemeId uspsHazmatTypeId availableQuantity
    damagedQuantity inFulfillmentProcessQuantity onHandQuantity openOrderQuantity openPOQuantity orderableQuantity
    unallocatableQuantity unavailableQuantity totalDemand availableQuantityInnerPacks damagedQuantityInnerPacks
    inFulfillmentProcessQuantityInnerPacks onHandQuantityInnerPacks openOrderQuantityInnerPacks
    openPOQuantityInnerPacks orderableQuantityInnerPacks unallocatableQuantityInnerPacks
    unavailableQuantityInnerPacks availableQuantityCases damagedQuantityCases inFulfillmentProcessQuantityCases
    onHandQuantityCases openOrderQuantityCases openPOQuantityCases orderableQuantityCases
    unallocatableQuantityCases unavailableQuantityCases availableQuantityPallets damagedQuantityPallets
    inFulfillmentProcessQuantityPallets onHandQuantityPallets openOrderQuantityPallets openPOQuantityPallets
    orderableQuantityPallets unallocatableQuantityPallets unavailableQuantityPallets overallDaysOnHand
    estimatedPallets estimatedCases estimatedInnerPacks
  `,
  n: `
    sellPrice weightPerWrap extrinsicDecimal1 extrinsicDecimal2 vendorPrice alcoholContent length width height
  `,
  t: 'createDate voidDate modifyDate inventoryUpdateTimestamp nextRequestedDeliveryDate',
  b: 'isAlcohol topUp shipSolo',
  x: 'customFields',
});

/** An item shows its stock over all, and in each of ten warehouses under names of the same kind. */
const warehousesShown = 10;

function fieldsOfWarehouse(nth: number): Fields {
  const w = `w${nth}`;
  return fields({
    s: `${w}StockStatus`,
    i: `
      warehouse${nth}Id ${w}AvailableQuantity ${w}DamagedQuantity ${w}InFulfillmentProcessQuantity ${w}OnHandQuantity
      ${w}OpenOrderQuantity ${w}OpenPOQuantity ${w}OrderableQuantity ${w}UnallocatableQuantity ${w}UnavailableQuantity
      ${w}DaysOnHand ${w}EstimatedPallets ${w}EstimatedCases ${w}EstimatedInnerPacks
    `,
    t: `${w}NextRequestedDeliveryDate`,
  });
}

export const itemFields: Fields = allFields(
  generalItemFields,
  ...Array.from({ length: warehousesShown }, (_, index) => fieldsOfWarehouse(index + 1)),
);
