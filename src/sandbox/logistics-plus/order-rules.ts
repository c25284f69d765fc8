import type { z } from 'zod';
import { alpha2 } from './countries.js';
import { type Problem, Refused, refused } from './envelope.js';
import { incoTerms, suitsDomestic } from './incoterms.js';
import { withKnownNames } from './names.js';
import { type OrderBody, orderSchema, rateGroupOf } from './order-schema.js';
import { logisticsPlusSeed } from './seed.js';
import type { Tenant } from './tenant.js';

/** Where the warehouses are. */
const homeCountry = 'US';

/** Parses a body in any letter case; what does not fit is a 400 with an error for each member. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: unknown): z.output<Schema> {
  const result = schema.safeParse(withKnownNames(parseJson(text)));
  if (result.success) return result.data;
  throw new Refused(
    400,
    result.error.issues.map(({ path, message }) => ({ detail: message, pointer: pointerTo(path) })),
  );
}

/** The body of an order that obeys every rule of creation. */
export function parseOrder(tenant: Tenant, text: unknown): OrderBody {
  const body = parseBody(orderSchema, text);
  const problems = [...unknownCodes(tenant, body), ...carriage(body), ...incoTerm(tenant, body)];
  if (problems.length > 0) throw new Refused(400, problems);
  return body;
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : '');
  } catch {
    throw refused(400, 'The body is not JSON');
  }
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join('');
}

function unknownCodes({ catalog }: Tenant, { warehouseCode, orderLines }: OrderBody): Problem[] {
  const warehouses: readonly string[] = logisticsPlusSeed.warehouses;
  return [
    ...(warehouses.includes(warehouseCode)
      ? []
      : [{ detail: `There is no warehouse ${warehouseCode}`, pointer: '/warehouseCode' }]),
    ...orderLines.flatMap(({ productCode }, index) =>
      catalog.byCode(productCode) === undefined
        ? [{ detail: `There is no product ${productCode}`, pointer: `/orderLines/${index}/productCode` }]
        : [],
    ),
  ];
}

function carriage(body: OrderBody): Problem[] {
  const rateGroup = rateGroupOf(body);
  if (rateGroup === null) return [];
  const known = Object.hasOwn(logisticsPlusSeed.rateGroups, rateGroup);
  // An empty object is not null either.
  const both = body.transportDetail !== null && body.transportDetail !== undefined;
  return [
    ...(known ? [] : [{ detail: `There is no rate group ${rateGroup}`, pointer: '/rateGroup' }]),
    ...(both
      ? [{ detail: 'transportDetail has to be null when rateGroup is given', pointer: '/transportDetail' }]
      : []),
  ];
}

function incoTerm({ settings }: Tenant, { forwardingData, shipToAddress }: OrderBody): Problem[] {
  const term = forwardingData?.incoTerm;
  if (term === null || term === undefined) return [];
  const pointer = '/forwardingData/incoTerm';
  if (!incoTerms.includes(term)) return [{ detail: `There is no Incoterm ${term}`, pointer }];
  const staysHome = alpha2(shipToAddress.address.country) === homeCountry;
  return settings.incotermCheck && staysHome && !suitsDomestic(term)
    ? [{ detail: `${term} does not suit an order within ${homeCountry}`, pointer }]
    : [];
}
