import type { Interaction } from './orders.js';

/** What a record of an order's history is about. */
export const historyTypeNames = {
  status_changed: 'Status Changed',
  payment_status_changed: 'Payment Status Changed',
  address_changed: 'Address Changed',
  order_submitted: 'Order Submitted',
  order_line_item_added: 'Order Line Item Added',
  order_line_item_canceled: 'Order Line Item Canceled',
  order_line_item_replaced: 'Order Line Item Replaced',
  po_added: 'Fulfillment Request Added',
  po_status_changed: 'Fulfillment Request Status Changed',
  adjusted_acknowledged_quantity: 'Adjusted Acknowledged PO Line Item Quantity',
  shipment_added: 'Shipment Added',
  shipment_changed: 'Shipment Changed',
  source_invoice_added: 'Source Invoice Added',
  source_invoice_changed: 'Source Invoice Changed',
  return_added: 'Return Added',
  return_status_changed: 'Return Status Changed',
  rma_added: 'RMA Added',
  rma_status_changed: 'RMA Status Changed',
} as const;
export type HistoryType = keyof typeof historyTypeNames;

/** Which of them an API call leaves is not documented: the one of its token's kind. */
export const interactionNames: Readonly<Record<Interaction, string>> = {
  api: 'API',
  channel_api: 'Channel API',
  source_api: 'Source API',
  channel_integration: 'Channel Integration',
  source_integration: 'Source Integration',
  user: 'User',
};
