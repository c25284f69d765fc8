import type { Row } from './field-types.js';
import type { ExternalShipment, FulfillmentProcess, Shipment } from './shipments.js';

/** Staged is a label and no more. */
function hasLeft({ status }: Shipment): boolean {
  return status !== 'Staged' && status !== 'Voided';
}

export function shipmentRow(shipment: Shipment): Row {
  const { id, createdAt, modifiedAt, orderNo, lobId, warehouseId, carrier, carrierCompany, carrierServiceId } =
    shipment;
  return {
    ...{ id, orderNo, lobId, warehouseId, carrier, carrierCompany, carrierServiceId },
    orderNoList: [orderNo],
    createDate: createdAt,
    modifyDate: modifiedAt,
    trackingNo: shipment.trackingNo,
    status: shipment.status,
    shipped: hasLeft(shipment),
    shipDate: shipment.shipDate,
    deliveredDate: shipment.deliveredAt,
    cartonNo: shipment.cartonNo,
    cartonId: shipment.cartonIds[0],
    numberOfCartons: shipment.cartonIds.length,
    weightLbs: shipment.weightLbs,
    chargedFreightAmount: shipment.freight,
    customFields: {},
  };
}

export function processRow(process: FulfillmentProcess): Row {
  const { createdAt, modifiedAt, numberOfOrders, numberOfSKUs, ...members } = process;
  return {
    ...members,
    numberOfOrders,
    numberOfSKUs,
    createDate: createdAt,
    modifyDate: modifiedAt,
    status: process.shippedOrders < numberOfOrders ? 'In Progress' : 'Completed',
    totalOrdersToShip: numberOfOrders,
    totalPicks: process.numberOfLines,
    pickScanSchemeId: 1,
    createPackingSlip: 'No',
    createOrderInvoice: 'No',
    sendToExternalShippingSystem: false,
    customFields: {},
  };
}

export function externalShipmentRow({ id, createdAt, modifiedAt, fields, status }: ExternalShipment): Row {
  return { ...fields, id, status, createDate: createdAt, modifyDate: modifiedAt, customFields: {} };
}

export function cartonRows({ orderNo, lobId, cartonIds, cartonNo, weightLbs }: Shipment): Row[] {
  return cartonIds.map((id, index) => ({
    id,
    orderNo,
    lobId,
    cartonNo: cartonNo + index,
    cartonTypeId: 1,
    cartonLPN: `C${id}`,
    weightLbs: weightLbs / cartonIds.length,
    customFields: {},
  }));
}

/** All goods of a parcel are in its first carton. */
export function cartonContentRows({ orderNo, groupOrderId, lobId, cartonIds, cartonNo, lines }: Shipment): Row[] {
  return lines.map(({ id, lineItemId, sku, quantity }) => ({
    ...{ id, lineItemId, sku, quantity, orderNo, groupOrderId, lobId, cartonNo },
    cartonId: cartonIds[0],
    quantityScanned: quantity,
    status: 'Packed',
    customFields: {},
  }));
}
