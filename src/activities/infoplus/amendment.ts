import { canonical } from '../../workflows/fingerprint.js';
import type { InfoplusMade, InfoplusShown, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { plain, sameText } from '../texts.js';
import { lineBody, type OrderBody, orderBody } from './body.js';
import { customFieldsDiffer, differences } from './compare.js';
import { orderAt } from './family.js';
import { isHeldByOthers, refusedFor, tooLate } from './hold-code.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';
import { isEditable } from './status.js';

/** A change of the whole order, possible until it is processed. */
export function amendmentSteps({ open }: Open) {
  return {
    /**
     * Reads the order, changes what the amendment changes, and writes it back whole; twice is as good as once. What the
     * warehouse has changed meanwhile and the amendment does not speak of stays.
     */
    async amendOrder(next: InfoplusWanted, before: InfoplusWanted, { orderNo }: InfoplusMade): Promise<void> {
      const infoplus = open(next.order);
      const { raw, there } = await infoplus.getRecord(orderNo);
      if (!isEditable(there.status)) throw tooLate(next, there);
      const change = changeOf(next, before, raw);
      if ('holdCode' in change && isHeldByOthers(there, before.order.holdCode)) {
        throw refusedFor(next, `order ${orderNo} has the hold code ${there.holdCode}, which somebody else has set`);
      }
      if (Object.keys(change).length > 0) await infoplus.updateOrder({ ...raw, ...change });
    },

    /** Whether the order shows all that the amendment changes. */
    async readAmendment(
      next: InfoplusWanted,
      before: InfoplusWanted,
      { orderNo }: InfoplusMade,
    ): Promise<InfoplusShown> {
      const there = await orderAt(open(next.order), orderNo);
      const problems =
        there === undefined
          ? [`order ${orderNo} is not shown`]
          : unshown(next, before, there).map((field) => `${field}: the order does not show it yet`);
      return { shown: problems.length === 0, differences: problems };
    },
  };
}

/** The members of the order that are to be others than before. One that is wanted no more is emptied. */
function changeOf(next: InfoplusWanted, before: InfoplusWanted, raw: OrderBody): OrderBody {
  const wanted = orderBody(next);
  const names = changedNames(next, before);
  const change: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, wanted[name] ?? null]));
  if (names.includes('lineItems')) change.lineItems = linesOf(next, before, raw.lineItems);
  if (names.includes('customFields')) {
    const dropped = Object.keys(before.order.customFields ?? {}).map((name) => [name, null] as const);
    change.customFields = { ...members(raw.customFields), ...Object.fromEntries(dropped), ...next.order.customFields };
  }
  return change;
}

/** Names as Infoplus has them. Without a hold code the amendment says nothing about holding. */
function changedNames(next: InfoplusWanted, before: InfoplusWanted): string[] {
  const wanted = orderBody(next);
  const was = orderBody(before);
  return [...new Set([...Object.keys(was), ...Object.keys(wanted)])].filter(
    (name) => canonical(wanted[name]) !== canonical(was[name]) && !(name === 'holdCode' && !('holdCode' in wanted)),
  );
}

/** Lines keep what Infoplus knows them by. */
function linesOf({ order, at }: InfoplusWanted, before: InfoplusWanted, raw: unknown): OrderBody[] {
  const there = (Array.isArray(raw) ? raw : []).map(members);
  return order.lineItems.map((line) => {
    const known = there.find(({ sku }) => sameText(String(sku ?? ''), line.sku)) ?? {};
    const was = before.order.lineItems.find(({ sku }) => plain(sku) === plain(line.sku));
    const dropped = Object.keys(was ?? {}).filter((name) => !(name in line) && name in known);
    return { ...known, ...Object.fromEntries(dropped.map((name) => [name, null])), ...lineBody(line, at.lobId) };
  });
}

const members = (value: unknown): OrderBody => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Names, as the input has them, of what was to change and does not show. */
function unshown(next: InfoplusWanted, before: InfoplusWanted, there: OrderThere): string[] {
  const names = new Set(changedNames(next, before));
  const wanted = orderBody(next);
  const differing = differences(next, there, []).filter((name) => names.has(nameThere(name)));
  const emptied = [...names].filter((name) => !(name in wanted) && !isEmpty(there[name]) && name !== 'customFields');
  const carrier = names.has('carrierId') && Number(there.carrierId) !== next.at.carrierId ? ['carrier'] : [];
  const held = names.has('holdCode') && !sameText(there.holdCode, next.order.holdCode) ? ['holdCode'] : [];
  return [
    ...differing,
    ...emptied,
    ...carrier,
    ...held,
    ...(names.has('customFields') ? customFieldsDiffer(next.order.customFields, there.customFields) : []),
  ];
}

/** `lineItems` for `lineItems[0].orderedQty`, `warehouseId` for `warehouse`. */
function nameThere(name: string): string {
  const [first = name] = name.split(/[.[]/);
  return first === 'warehouse' ? 'warehouseId' : first;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
