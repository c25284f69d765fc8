/*
 * The fields of an Infoplus order by their kind, in Infoplus's own words: what an input may say, what is sent, and what
 * is compared are made from these lists. Lines, addresses and collections have shapes of their own.
 */

/** Codes and numbers of one line. */
export const CODES = [
  ...(['customerPONo', 'serviceTypeId', 'shippingMethod', 'shipVia', 'shipCode', 'mediaCode'] as const),
  ...([
    'legacyRestrictionType',
    'alcoholOrderType',
    'alternateUsage',
    'authorizedBy',
    'batchNo',
    'costCenter',
  ] as const),
  ...(['distributionChannel', 'priceLevel', 'priceMode', 'parcelLabelRef1', 'parcelLabelRef2'] as const),
  ...(['parcelLabelRef3', 'storeNo', 'storeName', 'departmentNo', 'departmentName', 'vendorNo'] as const),
  ...(['internalUse91', 'giftMessageTo', 'giftMessageFrom'] as const),
] as const;

/** Texts that may have several lines. */
export const TEXTS = [
  'orderMessage',
  'orderAssemblyInstructions',
  'giftMessage',
  'estimatedCartonizationPlan',
] as const;

/** Whole numbers, mostly ids of the account's own records. */
export const INTEGERS = [
  ...(['priorityCode', 'division', 'orderSourceId', 'orderLoadProgramId', 'integrationPartnerId'] as const),
  ...(['packingSlipTemplateId', 'orderInvoiceTemplateId', 'orderEmailTemplateId', 'shipmentEmailTemplateId'] as const),
  ...(['outForDeliveryEmailTemplateId', 'deliveredEmailTemplateId', 'thirdPartyParcelAccountId'] as const),
  ...(['useOrderNoRoot', 'warehouseServiceTypeId', 'warehouseServiceLevelId', 'manifestScriptId'] as const),
] as const;

export const AMOUNTS = ['shippingCharge', 'subtotal', 'tax', 'total', 'totalDiscount'] as const;

/** `orderDate` stands apart: Infoplus moves it to fit its own schedule. */
export const DATES = ['firstShipDate', 'lastShipDate', 'deliverOnDate', 'needByDate'] as const;

export const PARTIES = ['billTo', 'shipTo'] as const;
export type Party = (typeof PARTIES)[number];

/** The parts of an address; each is a field with `billTo` or `shipTo` in front. */
export const ADDRESS_PARTS = [
  ...(['Company', 'Attention', 'Street', 'Street2', 'Street3', 'City'] as const),
  ...(['State', 'Zip', 'Country', 'Phone', 'Email'] as const),
] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

/** Whole numbers of a line. */
export const LINE_INTEGERS = [
  ...(['itemAccountCodeId', 'itemLegacyLowStockContactId', 'itemMajorGroupId'] as const),
  ...(['itemSubGroupId', 'itemProductCodeId', 'itemSummaryCodeId'] as const),
] as const;

/** Fields that only Infoplus writes, by what to use instead of them. */
export const READ_ONLY = {
  'Infoplus numbers its orders; your own number is the reference': ['orderNo', 'groupOrderId', 'parentKODOrderId'],
  'Infoplus decides it; use holdCode to keep the order back': [
    ...([
      'status',
      'completionStatus',
      'backOrderStatus',
      'slaStatus',
      'fulfillability',
      'fulfillabilityDetails',
    ] as const),
    ...(['productionType', 'orderReason', 'fulfillmentProcessId', 'externalShippingSystemId'] as const),
  ],
  'use holdCode "Y" to ship the order complete': ['stopBackOrders'],
  'use orderDate': ['createDate', 'modifyDate'],
  'use firstShipDate, lastShipDate, deliverOnDate or needByDate': [
    ...(['shipBy', 'shipDate', 'shippedDate', 'slaDate', 'backOrderReleaseDate'] as const),
    ...(['deliveryDays', 'deliveryDateGuaranteed'] as const),
  ],
  'use authorizedBy': ['enteredBy'],
  'Infoplus counts it from lineItems': ['numberOfLineItems', 'totalQty'],
  'the warehouse finds it out': [
    ...(['numberOfCartons', 'numberOfPallets', 'estimatedNumberOfCartons', 'estimatedNumberOfPicks'] as const),
    ...(['weightLbs', 'estimatedWeightLbs', 'preAllocationEstimatedWeight'] as const),
  ],
  'use shippingCharge': ['freight', 'distributionCharges'],
  'use total and totalDiscount; Infoplus takes no payments': ['balanceDue', 'totalPaid', 'authorizationAmount'],
  'use thirdPartyParcelAccountId': ['parcelAccountId'],
  'use customerPONo for a further number of yours': ['omsOrderID', 'omsOrderNo', 'omsCustomerId'],
  'the result tells it': ['trackingNo'],
} as const;

/** Fields of an order that are said in another way here. */
export const SAID_OTHERWISE = {
  'use reference': ['customerOrderNo'],
  'the line of business is a setting of the connection': ['lobId'],
  'use warehouse, by id or name': ['warehouseId'],
  'use carrier, by id or name': ['carrierId'],
} as const;

export const LINE_READ_ONLY = {
  'use orderedQty': ['allowedQty', 'shippedQty', 'backorderQty'],
  'Infoplus takes it from the order': ['id', 'lineItemId', 'orderNo', 'lobId', 'orderSourceSKU'],
  'use extraLineItemData for a further value of a line': [
    'customerLineItemNo',
    'poNoId',
    'chargeCode',
    'distributionCode',
  ],
  'Infoplus takes it from the item': [
    ...(['upc', 'vendorSKU', 'itemWeight', 'weightPerWrap', 'sector', 'revDate'] as const),
    ...(['numberOfWraps', 'numberOfCases', 'numberOfInnerPacks'] as const),
  ],
  'lines have no prices of their own; use subtotal and total': [
    ...(['unitCost', 'unitSell', 'unitDiscount', 'unitDeclaredValueOverride', 'extendedCost', 'extendedSell'] as const),
    ...(['extendedDiscount', 'ncExtendedSell', 'extendedDeclaredValueOverride'] as const),
  ],
  'use overrideReceiptsForFulfillmentList': ['productionLot', 'productIdTag', 'expirationDate'],
} as const;
