import type { Answer, Refusals } from '../../answer.js';
import { gatewayRefusals } from '../gateway.js';
import { cardMethods } from './card-methods.js';
import { contactService } from './contact-service.js';
import { dataService } from './data-service.js';
import { namedFault, XmlRpcFault } from './fault.js';
import { invoiceService } from './invoice-service.js';
import { type MethodContext, Params, type XmlRpcMethod } from './method.js';
import { orderService } from './order-service.js';
import { paymentMethods } from './payment-methods.js';
import { type MethodCall, readMethodCall } from './read.js';
import { subscriptionMethods } from './subscription-methods.js';
import { javaTypes, type XmlRpcType } from './value.js';
import { writeAnswer, writeFault } from './write.js';

export const xmlRpcMethods: ReadonlyMap<string, XmlRpcMethod> = new Map(
  [
    ...invoiceService,
    ...paymentMethods,
    ...cardMethods,
    ...subscriptionMethods,
    ...orderService,
    ...dataService,
    ...contactService,
  ].map((method) => [method.name, method]),
);

/** A request that was read: a call, or the fault that reading it made. */
export type ReadRequest = { call: MethodCall } | { fault: XmlRpcFault };

export function readRequest(body: unknown): ReadRequest {
  try {
    return { call: readMethodCall(typeof body === 'string' ? body : '') };
  } catch (error) {
    if (error instanceof XmlRpcFault) return { fault: error };
    throw error;
  }
}

/** The operation's name in the ledger: the method, with its table where it has one. */
export function operationOf(request: ReadRequest): string {
  if ('fault' in request) return 'xmlrpc.unreadable';
  const { method, params } = request.call;
  const table = params[1];
  const known = xmlRpcMethods.get(method);
  if (known === undefined) return 'xmlrpc.unknown';
  return known.perTable === true && table?.type === 'string' ? `${method}:${table.value}` : method;
}

/** Picks the method by the types of all parameters, the private key included, and runs it. */
export function dispatch(request: ReadRequest, context: MethodContext): Answer {
  try {
    if ('fault' in request) throw request.fault;
    const { method, params } = request.call;
    const types = params.map(({ type }) => type);
    const found = xmlRpcMethods.get(method);
    if (found === undefined || !found.signatures.some((signature) => fits(signature, types))) {
      throw new XmlRpcFault(0, `No method matching arguments: ${types.map((type) => javaTypes[type]).join(', ')}`);
    }
    return xmlAnswer(writeAnswer(found.run(context, new Params(params.slice(1)))));
  } catch (error) {
    if (error instanceof XmlRpcFault) return faultAnswer(error);
    throw error;
  }
}

function fits(signature: readonly XmlRpcType[], types: readonly XmlRpcType[]): boolean {
  const wanted: readonly XmlRpcType[] = ['string', ...signature];
  return wanted.length === types.length && wanted.every((type, index) => type === types[index]);
}

/** A fault is an answer of the application: status 200. */
export function faultAnswer(fault: XmlRpcFault): Answer {
  return xmlAnswer(writeFault(fault));
}

function xmlAnswer(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body };
}

export const xmlRpcRefusals: Refusals = {
  ...gatewayRefusals,
  internal: () => ({
    status: 500,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<html><body><h1>500 Internal Server Error</h1></body></html>',
  }),
  business: (message) => faultAnswer(namedFault('InvalidParameter', message)),
};
