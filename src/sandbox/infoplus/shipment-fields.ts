import { allFields, type Fields, fields } from './field-types.js';

export const shipmentFields: Fields = fields({
  s: `
    trackingNo status estimatedZone parcelAccountNo thirdPartyParcelAccountNo shipmentId manifestPartnerOrderId
    billingOption licensePlateNumber shipmentType carrierCompany deliveryMessage
  `,
  i: `
    id warehouseId lobId cartonNo numberOfCartons carrierServiceId manifestId externalShippingSystemId cartonId
    cartonTypeId loadId omsOrderNo carrier
  `,
  n: `
    dim1In dim2In dim3In weightLbs dimWeight chargedFreightAmount publishedFreightAmount retailFreightAmount
  `,
  t: 'createDate modifyDate shipDate deliveredDate',
  b: 'shipped casebreak residential',
  o: 'orderNo',
  x: 'orderNoList customFields',
});

export const writableExternalShipmentFields: Fields = fields({
  s: 'trackingNo zone',
  i: 'carrierId parcelAccountId thirdPartyParcelAccountId lobId',
  n: 'freight dim1In dim2In dim3In weightLbs dimWeight',
  t: 'shipDate',
  b: 'residential',
  o: 'orderId',
});

export const externalShipmentFields: Fields = allFields(
  fields({ i: 'id', s: 'status', t: 'createDate modifyDate', x: 'customFields' }),
  writableExternalShipmentFields,
);

export const cartonFields: Fields = fields({
  s: 'cartonLPN layoutPosition',
  i: 'id cartonNo cartonTypeId lobId',
  n: 'weightLbs',
  o: 'orderNo',
  x: 'customFields',
});

export const cartonContentFields: Fields = fields({
  s: 'sku location toteId pickerId status',
  i: 'id cartonNo cartonId lineItemId quantity quantityScanned lobId',
  t: 'completed',
  o: 'groupOrderId orderNo',
  x: 'customFields',
});

export const fulfillmentProcessFields: Fields = fields({
  s: `
    status version pickingRule pickBatchGroupId layoutRule pickSortRule locationSort pickListFormat pickListLayout
    pickListGroup pickListSort pickListLocationSort pickSummaryFormat pickSummaryLayout pickSummarySort labelSort
    createPackingSlip orderAssemblyGuideLayout createOrderInvoice createCartonGS1128Labels
    createLineItemEachGS1128Labels
  `,
  i: `
    id processNo warehouseId fulfillmentPlanId pickScanSchemeId orderSmartFilterId locationSmartFilterId maxOrders
    batchMaxSize batchMinSize maxCartons fulfillmentProcessGroup priorityCode numberOfOrders numberOfLines
    numberOfSKUs completedPicks totalPicks shippedCasebreaks totalCasebreaksToShip shippedOrders totalOrdersToShip
    completedToDo totalToDo maxSKUsPerBatch firstPickPosition cartonizationScriptId overridePackingSlipTemplateId
    overrideOrderInvoiceTemplateId externalShippingSystemId
  `,
  t: 'createDate modifyDate shipDate',
  b: `
    isMassDistribution createPickWork createPickSummary createPickList preGenerateParcelLabels
    autoShipCasebreakCartons autoShipOrders cartonizeOrders createOrderAssemblyGuide sendToExternalShippingSystem
  `,
  x: 'workBatchIdList customFields',
});
