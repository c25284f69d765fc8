import type { KeapLine, KeapOrder } from '../../workflows/keap/input.js';
import type { Connection } from '../connection.js';
import { restType, xmlRpcType } from './kinds.js';
import { type KeapSettings, type LineProducts, settingsOf } from './settings.js';

/**
 * All that this connection cannot carry of an order, one sentence each, beginning with the field. Empty: it can be sent.
 * Asked before anything is sent, because an order that is refused half-way has to be taken back.
 */
export function check(connection: Connection, order: KeapOrder): string[] {
  const settings = settingsOf(connection);
  const own = order.customFields?.[settings.referenceField] !== undefined;
  return [
    ...(own ? [`customFields.${settings.referenceField}: carries the reference already; leave it out`] : []),
    ...(settings.transport === 'rest' ? restCannot(order, settings) : xmlRpcCannot(order, settings)),
  ];
}

function restCannot(order: KeapOrder, { lineProducts }: KeapSettings): string[] {
  const problems = eachLine(order, (line) => {
    const type = restType(line, lineProducts);
    if (type === undefined) return [noKind(line, 'REST')];
    const costs = type === 'PRODUCT' || type === 'SUBSCRIPTION';
    return [
      ...(type === 'SUBSCRIPTION' && line.plan === undefined ? ['plan: is missing; REST needs it'] : []),
      ...(line.unitCost === undefined || costs ? [] : ['unitCost: REST keeps it of products and subscriptions only']),
    ];
  });
  if (order.flow === 'place-order') problems.push('flow: place-order exists on XML-RPC only');
  return problems;
}

function xmlRpcCannot(order: KeapOrder, { lineProducts }: KeapSettings): string[] {
  const problems =
    order.flow === 'place-order'
      ? eachLine(order, placeOrderCannot)
      : eachLine(order, (line) => addOrderItemCannot(line, lineProducts));
  if (order.flow === 'order' && order.promoCodes !== undefined) {
    problems.push('promoCodes: XML-RPC applies them in flow place-order only');
  }
  if (order.payment.kind === 'charge' && order.payment.merchantAccount === undefined) {
    problems.push('payment.merchantAccount: XML-RPC charges a card only through a named merchant account');
  }
  return problems;
}

function addOrderItemCannot(line: KeapLine, lineProducts: LineProducts): string[] {
  if (xmlRpcType(line, lineProducts) === undefined) return [noKind(line, 'XML-RPC')];
  return line.plan === undefined ? [] : ['plan: XML-RPC takes it in flow place-order only'];
}

/** OrderService.placeOrder takes ids of products and plans and nothing else; the rest comes from the catalogue. */
function placeOrderCannot(line: KeapLine): string[] {
  const problems: string[] = [];
  if (line.kind !== 'product' && line.kind !== 'subscription') {
    problems.push(`kind: place-order takes products and subscriptions, not ${line.kind}`);
  }
  if (line.kind === 'subscription') {
    if (line.plan === undefined) problems.push('plan: is missing; place-order needs it');
    if (line.quantity !== 1) problems.push('quantity: place-order takes a plan once');
  }
  for (const field of ['name', 'description'] as const) {
    if (line[field] !== undefined) problems.push(`${field}: place-order takes it from the product`);
  }
  return problems;
}

function eachLine(order: KeapOrder, cannot: (line: KeapLine) => string[]): string[] {
  return order.lines.flatMap((line, index) => cannot(line).map((problem) => `lines[${index}].${problem}`));
}

function noKind(line: KeapLine, api: string): string {
  return `kind: ${api} has no line of kind ${line.kind}; the setting lineProducts.${line.kind} can map it to a product`;
}
