import { z } from 'zod';

/** The shapes of the records by the vendor's generated clients, with no member beside them; what is not required may be null. */

const types = {
  text: z.string(),
  whole: z.int(),
  number: z.number(),
  truth: z.boolean(),
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  wholes: z.array(z.int()),
  numbers: z.array(z.number()),
  texts: z.array(z.string()),
};
type Notation = Partial<Record<keyof typeof types | 'required', string>>;

const namesIn = (text = '') => text.trim().split(/\s+/).filter(Boolean);

function record({ required, ...fields }: Notation, more: Record<string, z.ZodType> = {}) {
  const needed = new Set(namesIn(required));
  const members = Object.entries(fields).flatMap(([type, names]) =>
    namesIn(names).map((name) => {
      const member = types[type as keyof typeof types];
      return [name, needed.has(name) ? member : member.nullable()] as const;
    }),
  );
  return z.strictObject({ ...Object.fromEntries(members), ...more });
}

const fieldsByName = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Given back as they were given. */
const given = z.array(z.record(z.string(), z.unknown()));

const orderLine = record(
  {
    required: 'lobId sku orderedQty',
    whole: `
    id lineItemId lobId poNoId orderedQty allowedQty shippedQty backorderQty numberOfWraps numberOfCases
    numberOfInnerPacks itemAccountCodeId itemLegacyLowStockContactId itemMajorGroupId itemSubGroupId
    itemProductCodeId itemSummaryCodeId
  `,
    text: `
    customerLineItemNo sku revDate chargeCode distributionCode upc vendorSKU orderSourceSKU productionLot
    productIdTag sector orderAssemblyInstructions fulfillmentChannel
  `,
    number: `
    orderNo unitCost unitSell unitDiscount unitDeclaredValueOverride extendedCost extendedSell extendedDiscount
    ncExtendedSell extendedDeclaredValueOverride itemWeight weightPerWrap
  `,
    time: 'expirationDate',
  },
  {
    dynamicKitComponentList: given,
    overrideReceiptsForFulfillmentList: given,
    customFields: fieldsByName,
  },
);

const order = record(
  {
    required: 'lobId warehouseId',
    number: `
    orderNo authorizationAmount balanceDue distributionCharges preAllocationEstimatedWeight estimatedWeightLbs
    freight groupOrderId parentKODOrderId shippingCharge subtotal tax total totalDiscount totalPaid weightLbs
  `,
    text: `
    customerOrderNo customerNo shippingMethod shipVia mediaCode legacyRestrictionType alcoholOrderType
    alternateUsage authorizedBy batchNo billToAttention billToCompany billToStreet billToStreet2 billToStreet3
    billToCity billToState billToZip billToCountry billToPhone billToEmail completionStatus costCenter
    customerPONo distributionChannel enteredBy fulfillabilityDetails giftMessageTo giftMessageFrom giftMessage
    holdCode orderMessage priceLevel priceMode shipCode shipToAttention shipToCompany shipToStreet shipToStreet2
    shipToStreet3 shipToCity shipToState shipToZip shipToCountry shipToPhone shipToEmail status stopBackOrders
    orderAssemblyInstructions parcelLabelRef1 parcelLabelRef2 parcelLabelRef3 serviceTypeId slaStatus
    productionType backOrderStatus estimatedCartonizationPlan storeNo storeName departmentNo departmentName
    vendorNo internalUse91 fulfillability
  `,
    whole: `
    lobId warehouseId useOrderNoRoot carrierId numberOfCartons numberOfPallets parcelAccountId
    thirdPartyParcelAccountId division integrationPartnerId numberOfLineItems estimatedNumberOfPicks omsOrderID
    omsOrderNo omsCustomerId orderLoadProgramId orderReason orderSourceId packingSlipTemplateId
    orderInvoiceTemplateId orderEmailTemplateId shipmentEmailTemplateId outForDeliveryEmailTemplateId
    deliveredEmailTemplateId priorityCode fulfillmentProcessId totalQty externalShippingSystemId
    warehouseServiceTypeId warehouseServiceLevelId estimatedNumberOfCartons manifestScriptId deliveryDays
  `,
    time: `
    orderDate firstShipDate lastShipDate deliverOnDate needByDate createDate modifyDate shipBy shipDate
    shippedDate slaDate backOrderReleaseDate
  `,
    truth: 'deliveryDateGuaranteed',
  },
  {
    lineItems: z.array(orderLine).min(1),
    requestedParcelAccessories: given,
    extraOrderData: given,
    extraLineItemData: given,
    customFields: fieldsByName,
    /** In no client, but in the running text. */
    trackingNo: z.string().nullable().optional(),
  },
);

const customer = record(
  {
    required: `
    lobId customerNo name street city zipCode country packageCarrierId truckCarrierId weightBreak residential
  `,
    whole: `
    id lobId packageCarrierId truckCarrierId weightBreak division restrictionPercent alternateInventory
    extrinsicNumber1 extrinsicNumber2 omsCustomerId
  `,
    text: `
    customerNo name attention street street2 street3Province city state zipCode country phone fax email bossBranch
    sector costCenter county area customerType massLevel priceLevel externalId manager pin faxGone residential
    csrBranch extrinsicText1 extrinsicText2 extrinsicText3
  `,
    number: 'massFactor extrinsicDecimal1 extrinsicDecimal2',
    time: 'openDate closeDate cycleDate modifyDate',
  },
  {
    customFields: fieldsByName,
  },
);

const shipment = record(
  {
    required: 'warehouseId carrierCompany',
    whole: `
    id warehouseId lobId cartonNo numberOfCartons carrierServiceId manifestId externalShippingSystemId cartonId
    cartonTypeId loadId omsOrderNo carrier
  `,
    time: 'createDate modifyDate shipDate deliveredDate',
    text: `
    trackingNo status estimatedZone parcelAccountNo thirdPartyParcelAccountNo shipmentId manifestPartnerOrderId
    billingOption licensePlateNumber shipmentType carrierCompany deliveryMessage
  `,
    number: `
    orderNo dim1In dim2In dim3In weightLbs dimWeight chargedFreightAmount publishedFreightAmount
    retailFreightAmount
  `,
    numbers: 'orderNoList',
    truth: 'shipped casebreak residential',
  },
  {
    customFields: fieldsByName,
  },
);

const externalShipment = record(
  {
    required: 'orderId carrierId parcelAccountId trackingNo lobId',
    whole: 'id carrierId parcelAccountId thirdPartyParcelAccountId lobId',
    time: 'createDate modifyDate shipDate',
    number: 'orderId freight dim1In dim2In dim3In weightLbs dimWeight',
    text: 'trackingNo zone status',
    truth: 'residential',
  },
  {
    customFields: fieldsByName,
  },
);

const carton = record(
  {
    required: 'orderNo cartonNo cartonTypeId lobId',
    whole: 'id cartonNo cartonTypeId lobId',
    number: 'orderNo weightLbs',
    text: 'cartonLPN layoutPosition',
  },
  {
    customFields: fieldsByName,
  },
);

const cartonContent = record(
  {
    required: 'orderNo cartonId lineItemId quantity lobId',
    whole: 'id cartonNo cartonId lineItemId quantity quantityScanned lobId',
    number: 'groupOrderId orderNo',
    text: 'sku location toteId pickerId status',
    time: 'completed',
  },
  {
    customFields: fieldsByName,
  },
);

const fulfillmentProcess = record(
  {
    required: `
    warehouseId fulfillmentPlanId pickScanSchemeId status createPackingSlip createOrderInvoice
    sendToExternalShippingSystem
  `,
    whole: `
    id processNo warehouseId fulfillmentPlanId pickScanSchemeId orderSmartFilterId locationSmartFilterId maxOrders
    batchMaxSize batchMinSize maxCartons fulfillmentProcessGroup priorityCode numberOfOrders numberOfLines
    numberOfSKUs completedPicks totalPicks shippedCasebreaks totalCasebreaksToShip shippedOrders totalOrdersToShip
    completedToDo totalToDo maxSKUsPerBatch firstPickPosition cartonizationScriptId overridePackingSlipTemplateId
    overrideOrderInvoiceTemplateId externalShippingSystemId
  `,
    time: 'createDate modifyDate shipDate',
    wholes: 'workBatchIdList',
    text: `
    status version pickingRule pickBatchGroupId layoutRule pickSortRule locationSort pickListFormat pickListLayout
    pickListGroup pickListSort pickListLocationSort pickSummaryFormat pickSummaryLayout pickSummarySort labelSort
    createPackingSlip orderAssemblyGuideLayout createOrderInvoice createCartonGS1128Labels
    createLineItemEachGS1128Labels
  `,
    truth: `
    isMassDistribution createPickWork createPickSummary createPickList preGenerateParcelLabels
    autoShipCasebreakCartons autoShipOrders cartonizeOrders createOrderAssemblyGuide sendToExternalShippingSystem
  `,
  },
  {
    customFields: fieldsByName,
  },
);

const lineOfBusiness = record(
  {
    required: 'name code',
    whole: 'id defaultWarehouseServiceTypeId defaultSLAServiceDays',
    text: 'name code label defaultSLACutoffTime onHoldReason gs1CompanyPrefix',
    truth: 'onHold',
    time: 'createDate modifyDate',
  },
  {
    customFields: fieldsByName,
  },
);

const warehouse = record(
  {
    required: `
    client name company street1 city zip country phone packStationAllowPackingBeforePickWorkIsComplete
    packStationSkipCartonLPN packStationRequireConfirmOnError packStationAllowScanningSKUToIdentifyOrders
    packStationAllowEntryOfItemQuantities shipStationWeightCheckPackedOrders
    shipStationShowUserWeightCheckExceptions shipStationAutoPrintPreGeneratedLabels
    shipStationAllowScanningSKUToIdentifyOrders
  `,
    whole: 'id client',
    text: `
    name address company street1 street2 street3 city state zip country phone locationBarcodePrefix lpnPrefix
    timeZone
  `,
    truth: `
    packStationAllowPackingBeforePickWorkIsComplete packStationSkipCartonLPN packStationRequireConfirmOnError
    packStationAllowScanningSKUToIdentifyOrders packStationAllowEntryOfItemQuantities packStationAllowAddAllItems
    shipStationWeightCheckPackedOrders shipStationShowUserWeightCheckExceptions
    shipStationAutoPrintPreGeneratedLabels shipStationAllowScanningSKUToIdentifyOrders
  `,
    time: 'createDate modifyDate',
  },
  {
    customFields: fieldsByName,
  },
);

const carrier = record({
  required: 'carrier label scac',
  whole: 'carrier',
  text: 'label scac',
});

const carrierService = record({
  required: 'id label',
  whole: 'id',
  text: 'label',
});

const orderSource = record(
  {
    required: 'lobId name',
    whole: `
    id lobId packingSlipId orderInvoiceId orderConfirmationEmailId shipmentConfirmationEmailId
    outForDeliveryConfirmationEmailId deliveredConfirmationEmailId defaultServiceTypeId palletGS1128TemplateId
    palletGS1128NoOfCopies masterCartonGS1128TemplateId masterCartonGS1128NoOfCopies cartonGS1128TemplateId
    cartonGS1128NoOfCopies lineItemEachGS1128TemplateId lineItemEachGS1128NoOfCopies
  `,
    text: 'name packingNotes shippingNotes',
    time: 'createDate modifyDate',
    truth: 'requireCartonizedASN requireGS1128Label usesReservations',
  },
  {
    customFields: fieldsByName,
  },
);

const orderLoadProgram = record({
  required: 'id label',
  whole: 'id',
  text: 'label',
});

const fulfillmentPlan = record(
  {
    required: `
    name warehouseId orderSmartFilterId createPickWork pickScanSchemeId cartonizeOrders createPackingSlip
    createOrderInvoice sendToExternalShippingSystem
  `,
    whole: `
    id warehouseId priorityCode orderSmartFilterId locationSmartFilterId maxOrders batchSizeMax batchSizeMin
    maxCartons maxSKUsPerBatch pickScanSchemeId cartonizationScriptId overridePackingSlipTemplateId
    overrideOrderInvoiceTemplateId externalShippingSystemId
  `,
    time: 'createDate modifyDate lastRunTime',
    text: `
    name description version pickingRule pickBatchGroupId layoutRule pickSortRule locationSort pickListFormat
    pickListLayout pickListGroup pickListSort pickListLocationSort pickSummaryFormat pickSummaryLayout
    pickSummarySort labelSort createPackingSlip orderAssemblyGuideLayout createOrderInvoice
    createCartonGS1128Labels createLineItemEachGS1128Labels
  `,
    truth: `
    isMassDistribution createPickWork createPickList createPickSummary cartonizeOrders autoShipCasebreakCartons
    autoShipOrders preGenerateParcelLabels createOrderAssemblyGuide sendToExternalShippingSystem
  `,
  },
  {
    customFields: fieldsByName,
  },
);

const customField = record(
  {
    required: 'name label enabled fieldType searchable tabLabel recordType',
    whole: 'id',
    time: 'createDate modifyDate',
    text: 'name label fieldType tooltip tabLabel recordType',
    truth: 'enabled searchable',
  },
  {
    customFields: fieldsByName,
  },
);

/** Ten warehouses, under names that differ in their number only. */
const stockOfWarehouses = Object.assign(
  {},
  ...Array.from({ length: 10 }, (_, index) => {
    const prefix = `w${index + 1}`;
    const whole = `AvailableQuantity DamagedQuantity InFulfillmentProcessQuantity OnHandQuantity OpenOrderQuantity
      OpenPOQuantity OrderableQuantity UnallocatableQuantity UnavailableQuantity DaysOnHand EstimatedPallets
      EstimatedCases EstimatedInnerPacks`;
    return {
      [`warehouse${index + 1}Id`]: z.int().nullable(),
      [`${prefix}StockStatus`]: z.string().nullable(),
      [`${prefix}NextRequestedDeliveryDate`]: types.time.nullable(),
      ...Object.fromEntries(namesIn(whole).map((name) => [`${prefix}${name}`, z.int().nullable()])),
    };
  }),
) as Record<string, z.ZodType>;

const item = record(
  {
    required: `
    majorGroupId subGroupId lobId sku itemDescription backorder chargeCode maxCycle maxInterim status seasonalItem
    secure unitCode forwardLotMixingRule storageLotMixingRule forwardItemMixingRule storageItemMixingRule
    allocationRule receivingCriteriaSchemeId hazmat
  `,
    whole: `
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
    text: `
    sku vendorSKU upc itemDescription packingSlipDescription absoluteMax additionalDescription backorder
    chargeCode pricingPer lotControlFlag pickCode podRevDate status seasonalItem requiresProductionLot sector
    secure serialCode unitCode innerPackBarcode caseBarcode palletBarcode wrapCode extrinsicText1 extrinsicText2
    extrinsicText3 casebreakEnabled vendorPer primaryImage pickImage behaviorType assemblyInstructions
    forwardLotMixingRule storageLotMixingRule forwardItemMixingRule storageItemMixingRule allocationRule
    allocationSort allocationField barcodeField warehouseDisplayField asnRule quantityType hazmat alcoholType
    alcoholContainer alcoholVintageYear alcoholCountry alcoholState alcoholRegion alcoholBrand alcoholUPCCode
    alcoholNAMBCACode alcoholUNIMERCCode alcoholSCCCode overallStockStatus
  `,
    time: 'createDate voidDate modifyDate inventoryUpdateTimestamp nextRequestedDeliveryDate',
    number: `
    sellPrice weightPerWrap extrinsicDecimal1 extrinsicDecimal2 vendorPrice alcoholContent length width height
  `,
    truth: 'isAlcohol topUp shipSolo',
  },
  {
    customFields: fieldsByName,
    ...stockOfWarehouses,
  },
);

const file = record({
  whole: 'id printerTypeId',
  text: 'fileName extension url roleName label userFullName',
  time: 'modifyDate',
});
const processOutput = z.strictObject({
  id: z.union([z.number(), z.string()]),
  status: z.string(),
  entity: z.union([z.null(), z.strictObject({ orderNo: z.number(), processNo: z.int() })]),
  messageList: z.array(z.string()),
});
/** What is required of an order is its shape's, not its template's. */
const template = order.omit({ trackingNo: true });

const list = (shape: z.ZodType) => z.array(shape).max(250);
const nothing = z.null();

/** What a success of each operation looks like. Nothing is declared for what changes and deletes. */
export const successShapes: Readonly<Record<string, z.ZodType>> = {
  'order.create': order,
  'order.search': list(order),
  'order.get': order,
  'order.duplicate': template,
  'order.update': nothing,
  'order.updateCustomFields': nothing,
  'order.delete': nothing,
  'orderLine.search': list(orderLine),
  'orderLine.get': orderLine,
  'order.tag': nothing,
  'order.tags': z.array(z.union([z.string(), z.strictObject({ name: z.string() })])),
  'order.untag': nothing,
  'order.audit': nothing,
  'order.attachFile': file,
  'order.uploadFile': file,
  'order.files': z.array(file),
  'order.deleteFile': nothing,
  'order.runFulfillmentPlan': z.array(processOutput),
  'fulfillmentProcess.search': list(fulfillmentProcess),
  'shipment.search': list(shipment),
  'shipment.get': shipment,
  'carton.search': list(carton),
  'cartonContent.search': list(cartonContent),
  'externalShipment.search': list(externalShipment),
  'externalShipment.get': externalShipment,
  'externalShipment.create': externalShipment,
  'externalShipment.execute': z.array(processOutput),
  'externalShipment.delete': nothing,
  'customer.search': list(customer),
  'customer.getByCustomerNo': customer,
  'customer.get': customer,
  'customer.create': customer,
  'customer.update': nothing,
  'customer.delete': nothing,
  'lineOfBusiness.search': list(lineOfBusiness),
  'lineOfBusiness.get': lineOfBusiness,
  'warehouse.search': list(warehouse),
  'warehouse.get': warehouse,
  'orderSource.search': list(orderSource),
  'orderSource.get': orderSource,
  'fulfillmentPlan.search': list(fulfillmentPlan),
  'fulfillmentPlan.get': fulfillmentPlan,
  'customField.search': list(customField),
  'customField.get': customField,
  'item.search': list(item),
  'item.get': item,
  'item.getBySKU': item,
  'carrier.search': list(carrier),
  'carrier.get': carrier,
  'carrierService.search': list(carrierService),
  'carrierService.get': carrierService,
  'orderLoadProgram.search': list(orderLoadProgram),
  'orderLoadProgram.get': orderLoadProgram,
};

/** What every refusal looks like: plain strings, without codes. */
export const failureShape = z.strictObject({ errors: z.array(z.string().min(1)).min(1) });
