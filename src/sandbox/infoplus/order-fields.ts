import { allFields, type Fields, fields } from './field-types.js';

/** What an order says of itself, beside its lists. The rest is the warehouse's, and left aside in what is written. */
export const writableOrderFields: Fields = fields({
  s: `
    customerOrderNo customerNo shippingMethod shipVia mediaCode legacyRestrictionType alcoholOrderType
    alternateUsage authorizedBy batchNo billToAttention billToCompany billToStreet billToStreet2 billToStreet3
    billToCity billToState billToZip billToCountry billToPhone billToEmail costCenter customerPONo
    distributionChannel giftMessageTo giftMessageFrom giftMessage holdCode orderMessage priceLevel priceMode
    shipCode shipToAttention shipToCompany shipToStreet shipToStreet2 shipToStreet3 shipToCity shipToState
    shipToZip shipToCountry shipToPhone shipToEmail orderAssemblyInstructions parcelLabelRef1 parcelLabelRef2
    parcelLabelRef3 serviceTypeId estimatedCartonizationPlan storeNo storeName departmentNo departmentName
    vendorNo internalUse91
  `,
  i: `
    lobId warehouseId useOrderNoRoot carrierId thirdPartyParcelAccountId division integrationPartnerId
    orderLoadProgramId orderSourceId packingSlipTemplateId orderInvoiceTemplateId orderEmailTemplateId
    shipmentEmailTemplateId outForDeliveryEmailTemplateId deliveredEmailTemplateId priorityCode
    warehouseServiceTypeId warehouseServiceLevelId manifestScriptId
  `,
  n: 'shippingCharge subtotal tax total totalDiscount',
  t: 'orderDate firstShipDate lastShipDate deliverOnDate needByDate',
});

const readOnlyOrderFields: Fields = fields({
  s: `
    completionStatus enteredBy fulfillabilityDetails status stopBackOrders slaStatus productionType
    backOrderStatus fulfillability
  `,
  i: `
    numberOfCartons numberOfPallets parcelAccountId numberOfLineItems estimatedNumberOfPicks omsOrderID omsOrderNo
    omsCustomerId orderReason fulfillmentProcessId totalQty externalShippingSystemId estimatedNumberOfCartons
    deliveryDays
  `,
  n: `
    authorizationAmount balanceDue distributionCharges preAllocationEstimatedWeight estimatedWeightLbs freight
    totalPaid weightLbs
  `,
  t: 'createDate modifyDate shipBy shipDate shippedDate slaDate backOrderReleaseDate',
  b: 'deliveryDateGuaranteed',
  o: 'orderNo groupOrderId parentKODOrderId',
});

export const orderFields: Fields = allFields(
  readOnlyOrderFields,
  writableOrderFields,
  fields({ x: 'lineItems requestedParcelAccessories extraOrderData extraLineItemData customFields' }),
);

export const writableLineFields: Fields = fields({
  s: 'sku orderAssemblyInstructions fulfillmentChannel',
  i: `
    orderedQty itemAccountCodeId itemLegacyLowStockContactId itemMajorGroupId itemSubGroupId itemProductCodeId
    itemSummaryCodeId
  `,
});

const readOnlyLineFields: Fields = fields({
  s: `
    customerLineItemNo revDate chargeCode distributionCode upc vendorSKU orderSourceSKU productionLot productIdTag
    sector
  `,
  i: `
    id lineItemId lobId poNoId allowedQty shippedQty backorderQty numberOfWraps numberOfCases numberOfInnerPacks
  `,
  n: `
    unitCost unitSell unitDiscount unitDeclaredValueOverride extendedCost extendedSell extendedDiscount
    ncExtendedSell extendedDeclaredValueOverride itemWeight weightPerWrap
  `,
  t: 'expirationDate',
  o: 'orderNo',
});

export const lineFields: Fields = allFields(
  readOnlyLineFields,
  writableLineFields,
  fields({ x: 'dynamicKitComponentList overrideReceiptsForFulfillmentList customFields' }),
);
