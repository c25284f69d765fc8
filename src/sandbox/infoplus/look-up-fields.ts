import { type Fields, fields } from './field-types.js';

export const lineOfBusinessFields: Fields = fields({
  s: 'name code label defaultSLACutoffTime onHoldReason gs1CompanyPrefix',
  i: 'id defaultWarehouseServiceTypeId defaultSLAServiceDays',
  t: 'createDate modifyDate',
  b: 'onHold',
  x: 'customFields',
});

export const warehouseFields: Fields = fields({
  s: `
    name address company street1 street2 street3 city state zip country phone locationBarcodePrefix lpnPrefix
    timeZone
  `,
  i: 'id client',
  t: 'createDate modifyDate',
  b: `
    packStationAllowPackingBeforePickWorkIsComplete packStationSkipCartonLPN packStationRequireConfirmOnError
    packStationAllowScanningSKUToIdentifyOrders packStationAllowEntryOfItemQuantities packStationAllowAddAllItems
    shipStationWeightCheckPackedOrders shipStationShowUserWeightCheckExceptions
    shipStationAutoPrintPreGeneratedLabels shipStationAllowScanningSKUToIdentifyOrders
  `,
  x: 'customFields',
});

export const orderSourceFields: Fields = fields({
  s: 'name packingNotes shippingNotes',
  i: `
    id lobId packingSlipId orderInvoiceId orderConfirmationEmailId shipmentConfirmationEmailId
    outForDeliveryConfirmationEmailId deliveredConfirmationEmailId defaultServiceTypeId palletGS1128TemplateId
    palletGS1128NoOfCopies masterCartonGS1128TemplateId masterCartonGS1128NoOfCopies cartonGS1128TemplateId
    cartonGS1128NoOfCopies lineItemEachGS1128TemplateId lineItemEachGS1128NoOfCopies
  `,
  t: 'createDate modifyDate',
  b: 'requireCartonizedASN requireGS1128Label usesReservations',
  x: 'customFields',
});

export const fulfillmentPlanFields: Fields = fields({
  s: `
    name description version pickingRule pickBatchGroupId layoutRule pickSortRule locationSort pickListFormat
    pickListLayout pickListGroup pickListSort pickListLocationSort pickSummaryFormat pickSummaryLayout
    pickSummarySort labelSort createPackingSlip orderAssemblyGuideLayout createOrderInvoice
    createCartonGS1128Labels createLineItemEachGS1128Labels
  `,
  i: `
    id warehouseId priorityCode orderSmartFilterId locationSmartFilterId maxOrders batchSizeMax batchSizeMin
    maxCartons maxSKUsPerBatch pickScanSchemeId cartonizationScriptId overridePackingSlipTemplateId
    overrideOrderInvoiceTemplateId externalShippingSystemId
  `,
  t: 'createDate modifyDate lastRunTime',
  b: `
    isMassDistribution createPickWork createPickList createPickSummary cartonizeOrders autoShipCasebreakCartons
    autoShipOrders preGenerateParcelLabels createOrderAssemblyGuide sendToExternalShippingSystem
  `,
  x: 'customFields',
});

export const customFieldFields: Fields = fields({
  s: 'name label fieldType tooltip tabLabel recordType',
  i: 'id',
  t: 'createDate modifyDate',
  b: 'enabled searchable',
  x: 'customFields',
});
