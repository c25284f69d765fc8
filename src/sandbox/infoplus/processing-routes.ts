import { shown } from './answers.js';
import { parseBody } from './bodies.js';
import { orderNumberFrom, orderNumberInJson, orderNumberText } from './order-numbers.js';
import { type Processed, runPlan } from './processing.js';
import { refused } from './refusals.js';
import type { ApiRoute } from './route.js';
import { search } from './search.js';
import { infoplusSeed } from './seed.js';
import { fulfillmentProcessFields } from './shipment-fields.js';
import { processRow } from './shipment-rows.js';
import type { Site } from './site.js';
import { dayOf } from './times.js';
import { view } from './view.js';

export const processingRoutes: readonly ApiRoute[] = [
  {
    operation: 'order.runFulfillmentPlan',
    method: 'POST',
    path: '/order/runFulfillmentPlan',
    handle: ({ site, body }) => {
      const { orderNoList, fulfillmentPlanId, shipDate } = parseBody(body);
      const plan = infoplusSeed.fulfillmentPlans.find(({ id }) => String(id) === String(fulfillmentPlanId));
      if (plan === undefined) throw refused(400, `Could not find a FulfillmentPlan with id ${fulfillmentPlanId}.`);
      const day = typeof shipDate === 'string' ? Date.parse(shipDate) : Number.NaN;
      if (Number.isNaN(day)) throw refused(400, 'shipDate is missing.');
      const numbers = orderNumbersIn(orderNoList);
      const known = numbers.flatMap((orderNo) => site.orders.get(orderNo) ?? []);
      const processed = runPlan(site, known, { plan, shipDate: dayOf(day) });
      return shown(numbers.map((orderNo) => output(site, orderNo, processed)));
    },
  },
  {
    operation: 'fulfillmentProcess.search',
    method: 'GET',
    path: '/fulfillmentProcess/search',
    handle: ({ site, query }) => {
      const rows = site.shipments.processes.asOf(site.searchedAt).map(processRow);
      const found = search(rows, fulfillmentProcessFields, query);
      return shown(found.map((row) => view(row, fulfillmentProcessFields, site.settings.orderNumbers)));
    },
  },
];

function orderNumbersIn(list: unknown): number[] {
  if (!Array.isArray(list) || list.length === 0) throw refused(400, 'orderNoList is missing.');
  return [...new Set(list.map(String))].map((text) => {
    const orderNo = orderNumberFrom(text);
    if (orderNo === null) throw refused(400, `${text} is no order number.`);
    return orderNo;
  });
}

/** One for each order: what failed is told of within a success. */
function output({ settings }: Site, orderNo: number, all: readonly Processed[]): object {
  const processed = all.find(({ order }) => order.orderNo === orderNo);
  const id = orderNumberInJson(orderNo, settings.orderNumbers);
  if (processed === undefined) {
    return failed(id, `Could not find an Order with id ${orderNumberText(orderNo)}.`);
  }
  const { processNo, problem } = processed;
  if (problem !== null) return failed(id, problem);
  return { id, status: 'Success', entity: { orderNo: id, processNo }, messageList: [] };
}

const failed = (id: unknown, problem: string) => ({ id, status: 'Error', entity: null, messageList: [problem] });
