import type { Contract, OrderHead } from '../contract.js';
import type { BigcommerceOrder, BigcommercePaid, BigcommerceShip } from './input.js';

export type {
  BigcommerceContent,
  BigcommerceOrder,
  BigcommerceOrderInput,
  BigcommercePaid,
  BigcommercePayment,
  BigcommerceProduct,
  BigcommerceShip,
} from './input.js';

/** Whose order a step is about, once it is known. Ids are decimal texts. */
export interface BigcommerceAt extends Pick<OrderHead, 'connection' | 'reference'> {
  readonly orderId: string;
}

/** What the store does with stock, from its settings. */
export interface BigcommerceStore {
  /** When an order takes stock. */
  readonly takesStock: 'order_placed' | 'order_completed_or_shipped';
  /** Whether cancelling an order gives its stock back by itself. */
  readonly givesBack: boolean;
}

/** An order that is there: found, or created. */
export interface BigcommerceFound {
  readonly orderId: string;
}

/** A line of the order. */
export interface BigcommerceLine {
  /** The caller's own name of the line; of an order that the store made, the order product id. */
  readonly ref: string;
  /** What shipments and refunds name it by. */
  readonly orderProductId: string;
  /** "0": a custom product. */
  readonly productId: string;
  readonly variantId: string;
  readonly sku?: string;
  /** `physical`, `digital` or `giftcertificate`. */
  readonly type: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly refunded: number;
}

/** The order as it was read back. Amounts are decimal texts in the order's currency. */
export interface BigcommerceMade {
  readonly currency: string;
  /** What the customer pays, with tax. */
  readonly total: string;
  /** Where the parcels go; absent where nothing is shipped. */
  readonly addressId?: string;
  readonly lines: readonly BigcommerceLine[];
}

/** How one order stands. */
export interface BigcommerceStanding {
  readonly orderId: string;
  /** 0 to 14; its label may be renamed by the store. */
  readonly statusId: number;
  /** e.g. `authorized`, `capture pending`; empty where BigCommerce knows of no payment. */
  readonly paymentStatus: string;
  readonly itemsShipped: number;
  readonly total: string;
  /** It was archived, or is shown no more. */
  readonly gone?: true;
}

/** What a waiting order is told: every order that carries its reference, by ascending id. */
export interface BigcommerceSeen {
  readonly orders: readonly BigcommerceStanding[];
}

/** The money of an order, read from its transactions and refunds. Amounts are decimal texts in the order's currency. */
export interface BigcommerceMoney {
  readonly paymentStatus: string;
  readonly currency: string;
  /** Captured or bought. */
  readonly taken: string;
  /** Given back, or on its way there: all refunds that were not declined, whoever asked for them. */
  readonly refunded: string;
  readonly itemsShipped: number;
}

/** One refund to be made: what is refunded, and by the one method that was chosen from its quote. */
export interface BigcommerceRefund {
  /** Stands in the reason of its items, where a later look finds it by. */
  readonly mark: string;
  readonly items: readonly BigcommerceRefundItem[];
  readonly payments: readonly { readonly providerId: string; readonly amount: string }[];
  readonly amount: string;
}

export interface BigcommerceRefundItem {
  readonly type: 'PRODUCT' | 'SHIPPING' | 'HANDLING' | 'GIFT_WRAPPING' | 'FEE' | 'ORDER';
  readonly id: string;
  readonly quantity?: number;
  readonly amount?: string;
}

/** A refund that stands at BigCommerce. Accepted is not done: the gateway works later. */
export interface BigcommerceRefunded {
  readonly refundId: string;
  readonly amount: string;
  readonly state: 'pending' | 'done' | 'declined';
  /** Why it was declined, in the gateway's words without personal data. */
  readonly reason?: string;
}

/** A parcel as it is posted. */
export interface BigcommerceParcel extends Omit<BigcommerceShip, 'lines' | 'corrects'> {
  readonly addressId: string;
  readonly items: readonly { readonly orderProductId: string; readonly quantity: number }[];
}

/** A parcel that stands at BigCommerce. */
export interface BigcommercePosted {
  readonly shipmentId: string;
}

/** The stock of one product of the order. */
export interface BigcommerceStock {
  readonly by: 'variant_id' | 'product_id';
  readonly id: string;
  readonly locationId: string;
  readonly sku?: string;
  /** What the order holds of it. */
  readonly ordered: number;
  /** What can be sold, over all locations. */
  readonly available: number;
}

/** What the order became, read from the platform. */
export interface BigcommerceFulfilled {
  readonly orderId: string;
  readonly externalOrderId: string;
  readonly statusId: number;
  readonly status: string;
  readonly customStatus: string;
  readonly paymentStatus: string;
  readonly currency: string;
  readonly totalExTax: string;
  readonly totalIncTax: string;
  readonly totalTax: string;
  readonly lines: readonly {
    readonly ref: string;
    readonly orderProductId: string;
    readonly sku?: string;
    readonly quantity: number;
    readonly shipped: number;
    readonly refunded: number;
  }[];
  readonly shipments: readonly {
    readonly id: string;
    readonly trackingNumber?: string;
    readonly shippingProvider?: string;
    readonly trackingLink?: string;
    readonly items: readonly { readonly orderProductId: string; readonly quantity: number }[];
  }[];
  readonly transactions: readonly {
    readonly id: string;
    readonly event: string;
    readonly status: string;
    readonly amount: string;
    readonly gatewayTransactionId?: string;
  }[];
  readonly refunds: readonly {
    readonly id: string;
    readonly amount: string;
    readonly declined: boolean;
    readonly offline: boolean;
  }[];
}

/** What a finished order answers. */
export interface BigcommerceOrderResult extends BigcommerceFulfilled {
  /** Who took the money: `outside`, the store's `payments-api`, or a `capture` of what the store had authorized. */
  readonly money: 'outside' | 'payments-api' | 'capture';
  /** Whether a person had to answer something. */
  readonly personInvolved: boolean;
}

/** What can be asked of a running order. */
export interface BigcommerceUpdates {
  /** The payment was taken outside. */
  readonly paid: BigcommercePaid;
  /** A parcel has left, or the number of one has to be corrected. */
  readonly ship: BigcommerceShip;
  readonly [name: string]: unknown;
}

/** An order of a BigCommerce store: created or taken over, its money taken, followed until all of it has shipped. */
export const bigcommerceOrder: Contract<BigcommerceOrder, BigcommerceOrderResult, BigcommerceUpdates> = {
  name: 'bigcommerceOrder',
  platform: 'bigcommerce',
  title: 'BigCommerce order',
  fixed: ['connection', 'reference', 'startAt', 'orderId'],
  updates: ['paid', 'ship'],
};
