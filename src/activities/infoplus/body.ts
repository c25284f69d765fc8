import type { InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { ADDRESS_PARTS, AMOUNTS, CODES, DATES, INTEGERS, type Party, TEXTS } from '../../workflows/infoplus/fields.js';
import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { addressOf } from './address.js';

/** An order as it is sent. */
export type OrderBody = Readonly<Record<string, unknown>>;

/** An order in the platform's form, and nothing that it does not have. */
export function orderBody({ order, at }: InfoplusWanted): OrderBody {
  return defined({
    lobId: at.lobId,
    warehouseId: at.warehouseId,
    carrierId: at.carrierId,
    customerOrderNo: referenceThere(order.reference),
    customerNo: order.customerNo,
    orderDate: order.orderDate,
    holdCode: order.holdCode,
    // With a customer's number the bill-to is the customer's own; one that is sent counts for nothing.
    ...(order.customerNo === undefined ? party(order, 'billTo') : {}),
    ...party(order, 'shipTo'),
    ...picked(order, [...CODES, ...TEXTS, ...INTEGERS, ...DATES]),
    ...Object.fromEntries(AMOUNTS.map((name) => [name, numberOf(order[name])])),
    lineItems: order.lineItems.map((line) => lineBody(line, at.lobId)),
    requestedParcelAccessories: order.requestedParcelAccessories?.map(({ accessory, amount }) =>
      defined({ accessory, amount: numberOf(amount) }),
    ),
    extraOrderData: order.extraOrderData,
    extraLineItemData: order.extraLineItemData,
    customFields: order.customFields,
  });
}

export function lineBody(line: InfoplusOrder['lineItems'][number], lobId: number): OrderBody {
  const { dynamicKitComponentList, ...more } = line;
  const components = dynamicKitComponentList?.map((component) => ({ lobId, ...component }));
  return defined({ ...more, dynamicKitComponentList: components });
}

/** In capitals: nothing says whether Infoplus's search minds the case, and one order is one whatever the case. */
export const referenceThere = (reference: string): string => reference.toUpperCase();

function party(order: InfoplusOrder, party: Party): OrderBody {
  const address = addressOf(order, party) ?? {};
  return Object.fromEntries(ADDRESS_PARTS.map((part) => [`${party}${part}`, address[part]]));
}

function picked<N extends keyof InfoplusOrder>(order: InfoplusOrder, names: readonly N[]): OrderBody {
  return Object.fromEntries(names.map((name) => [name, order[name]]));
}

const numberOf = (decimal: string | undefined): number | undefined =>
  decimal === undefined ? undefined : Number(decimal);

function defined(members: OrderBody): OrderBody {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
