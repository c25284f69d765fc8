import type { OrderThere } from './shapes.js';

/**
 * Where an order is on its way: it may still ship (`live`), has shipped in whole or in part and nothing more is to come
 * (`shipped`), or never will (`canceled`).
 *
 * The shipments tell; the order's own status was once seen to say something else. It counts only for an order that was
 * canceled before it had a shipment. A status that nobody knows is not an end.
 */
export function courseOf({ status, shipments }: OrderThere): 'live' | 'shipped' | 'canceled' {
  if (shipments.length === 0) return status === 'CAN' ? 'canceled' : 'live';
  if (!shipments.every((shipment) => shipment.status === 'FIN' || shipment.status === 'CAN')) return 'live';
  return shipments.some((shipment) => shipment.status === 'FIN') ? 'shipped' : 'canceled';
}
