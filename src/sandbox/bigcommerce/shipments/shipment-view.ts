import { decimal } from '../money.js';
import type { Address } from '../orders/address.js';
import type { OrderState } from '../orders/order.js';
import { rfc2822 } from '../times.js';
import { providerName } from './carriers.js';
import type { Shipment } from './shipment.js';

export function shipmentView(shipment: Shipment, state: OrderState): object {
  const { trackingLink, trackingNumber, shippingProvider, trackingCarrier } = shipment;
  const linked = trackingLink === '' && trackingNumber !== '' && (shippingProvider !== '' || trackingCarrier !== '');
  const shipTo = state.addresses.find(({ id }) => id === shipment.orderAddressId)?.address;
  return {
    id: shipment.id,
    order_id: shipment.orderId,
    customer_id: state.customerId,
    order_address_id: shipment.orderAddressId,
    date_created: rfc2822(shipment.createdAt),
    tracking_number: trackingNumber,
    merchant_shipping_cost: decimal(shipment.merchantShippingCost),
    shipping_method: shipment.shippingMethod,
    comments: shipment.comments,
    shipping_provider: shippingProvider,
    tracking_carrier: trackingCarrier,
    tracking_link: trackingLink,
    billing_address: withoutFields(state.billingAddress),
    shipping_address: withoutFields(shipTo ?? state.billingAddress),
    // The product's own id is never told here.
    items: shipment.items.map(({ orderProductId, quantity }) => ({
      order_product_id: orderProductId,
      product_id: 0,
      quantity,
    })),
    shipping_provider_display_name: providerName(shippingProvider),
    generated_tracking_link: linked ? `https://tracking.example.com/${encodeURIComponent(trackingNumber)}` : '',
  };
}

function withoutFields({ form_fields, ...address }: Address): object {
  return address;
}
