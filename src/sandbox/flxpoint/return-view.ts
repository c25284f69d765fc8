import { addressView } from './address-view.js';
import type { Order, Return, Rma } from './orders.js';
import { flxpointSeed } from './seed.js';
import { amount, isoTime } from './times.js';

export function returnView(order: Order, made: Return, withRmas = true): object {
  const refundSubtotal = amount(made.items.reduce((sum, { refundedAmount }) => sum + refundedAmount, 0));
  return {
    id: made.id,
    orderId: order.id,
    returnNumber: made.returnNumber,
    accountId: flxpointSeed.accountId,
    totalReturnItems: made.items.length,
    totalRmas: made.rmas.length,
    channelId: order.channelId,
    items: made.items.map((item) => ({ ...item, returnId: made.id, bundleComponents: [] })),
    rmas: withRmas ? made.rmas.map((rma) => rmaView(made, rma)) : null,
    returnTotal: amount(
      made.items.reduce((sum, { salesPrice, returnQuantity }) => sum + salesPrice * returnQuantity, 0),
    ),
    status: made.status,
    updatedAt: isoTime(made.updatedAt),
    insertedAt: isoTime(made.insertedAt),
    refundAdjustment: made.refundAdjustment,
    refundSubtotal,
    refundTotal: amount(refundSubtotal + made.refundAdjustment),
    refundLastSyncedAt: null,
    syncRefundChangesToOrder: made.syncRefundChangesToOrder,
    shipmentReceivedStatus: 'not_received',
  };
}

export function rmaView({ id: returnId }: Return, rma: Rma): object {
  const creditSubtotal = amount(rma.items.reduce((sum, { creditedAmount }) => sum + creditedAmount, 0));
  return {
    id: rma.id,
    returnId,
    sourceId: rma.sourceId,
    rmaNumber: rma.rmaNumber,
    accountId: flxpointSeed.accountId,
    returnToAddress: addressView(rma.returnToAddress),
    items: rma.items.map((item) => ({
      ...item,
      rmaId: rma.id,
      receivedQuantity: 0,
      voidedQuantity: 0,
      bundleComponents: [],
    })),
    totalRmaItems: rma.items.length,
    createdAt: isoTime(rma.createdAt),
    updatedAt: isoTime(rma.updatedAt),
    rmaStatus: rma.rmaStatus,
    rmaShipments: [],
    creditSubtotal,
    creditAdjustment: rma.creditAdjustment,
    creditTotal: amount(creditSubtotal + rma.creditAdjustment),
    creditLastSyncedAt: null,
    syncCreditChangesToOrder: false,
    shipmentReceivedStatus: 'not_received',
    accountingSyncedAt: null,
    accountingError: null,
  };
}
