/** What the shopper, or whoever looks after the hooks, was written. Never to whom: that is nobody's business. */
export interface Mail {
  time: number;
  kind: 'shipment' | 'refund' | 'hook-deactivated';
  /** Null where it is about no order. */
  orderId: number | null;
  shipmentId?: number;
  trackingNumber?: string;
  refundId?: number;
  hookId?: number;
}
