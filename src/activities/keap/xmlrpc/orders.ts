import { Big } from 'big.js';
import type { KeapLine, KeapMade, KeapWanted } from '../../../workflows/keap/contract.js';
import { failure } from '../../failure.js';
import { productIdOf } from '../compare.js';
import { xmlRpcType } from '../kinds.js';
import { lineName, lineNote, titleCarries, titleOf } from '../marks.js';
import { unlessNotFound } from '../not-found.js';
import type { KeapSettings } from '../settings.js';
import type { LineAtKeap, MoneyAtKeap, Transport } from '../transport.js';
import { decimal, momentOf, wallTime } from '../wire.js';
import type { XmlRpcClient } from './client.js';
import { unsetOf, writeJob } from './fields.js';
import { columnsOf, contentOf } from './job.js';
import * as shape from './shapes.js';
import { dateTime } from './xml.js';

type Orders = Omit<
  Transport,
  | 'readAccount'
  | 'productsBySku'
  | 'contactExists'
  | 'findContact'
  | 'addContact'
  | 'completeContact'
  | 'readPayments'
  | 'pay'
  | 'bookEntry'
>;

/**
 * An order that was placed and whose answer was lost has no mark yet. It is looked for among orders not older than this:
 * long enough for an outage to end, short enough that an order a person made is hardly among them.
 */
const UNMARKED_MS = 60 * 60_000;
/** More orders than one contact makes in that time. */
const UNMARKED_LIMIT = 20;

/**
 * Orders by XML-RPC. An order is a row of Job, its money a row of Invoice with an id of its own, its lines rows of
 * OrderItem. Reads go to the live database, so what was written is seen at once.
 */
export function xmlRpcOrders(keap: XmlRpcClient, { lineProducts, timeZone }: KeapSettings): Orders {
  const loadJob = (id: string, fields: readonly string[]) => keap.load('Job', id, fields, shape.record);
  const readItems = (orderId: string) =>
    keap.query('OrderItem', { OrderId: orderId }, shape.orderItemFields, shape.orderItem);
  const money = async (invoice: shape.Invoice) => moneyAtKeap(invoice, await keap.calculateAmountOwed(invoice.Id));

  return {
    async searchOrders({ order: { reference }, account }) {
      // createBlankOrder sets the title only, and which of two columns holds it is not documented.
      const beginning = `${reference} |%`;
      const marked = await keap.query('Job', { [account.referenceField.name]: reference }, ['Id'], shape.ids);
      const titled = await keap.query('Job', { JobTitle: beginning }, ['Id'], shape.ids);
      const described = await keap.query('Invoice', { Description: beginning }, ['JobId'], shape.jobIds);
      const ids = [
        ...marked.map(({ Id }) => Id),
        ...titled.map(({ Id }) => Id),
        ...described.map(({ JobId }) => JobId),
      ];
      return [...new Set(ids.filter((id) => id !== undefined))];
    },

    async searchUnmarked({ contactId, account: { referenceField } }) {
      const fields = ['Id', 'DateCreated', referenceField.name];
      const jobs = await keap.queryLatest('Job', UNMARKED_LIMIT, { ContactId: contactId }, fields, shape.record);
      const since = Date.now() - UNMARKED_MS;
      return jobs
        .filter(({ DateCreated: at }) => at instanceof Date && momentOf(at.getTime(), timeZone).getTime() >= since)
        .filter((job) => !contentOf(job[referenceField.name]))
        .map(({ Id }) => String(Id));
    },

    async readOrder(orderId, want) {
      const { referenceField } = want.account;
      const columns = columnsOf(want, timeZone).map(({ name }) => name);
      const fields = new Set(['Id', 'JobTitle', 'ContactId', referenceField.name, ...columns]);
      const job = await unlessNotFound(loadJob(orderId, [...fields]));
      if (job === undefined) return undefined;
      const by = { JobId: orderId };
      const [invoice] = await keap.query('Invoice', by, [...shape.invoiceFields, 'Description'], describedInvoice);
      if (invoice === undefined) return undefined;
      const items = await readItems(orderId);
      const title = contentOf(job.JobTitle) ?? '';
      return {
        orderId,
        invoiceId: invoice.Id,
        // Whichever of the two carries our title.
        title: titleCarries(title, want.order.reference) ? title : (invoice.Description ?? title),
        contactId: contentOf(job.ContactId) ?? '',
        reference: contentOf(job[referenceField.name]),
        lines: items.map(lineAtKeap),
        money: await money(invoice),
        unset: unsetOf(want, timeZone, job, items),
      };
    },

    createOrder: (want) =>
      want.order.flow === 'place-order' ? placeOrder(keap, want) : createBlank(keap, want, timeZone),

    async readOrderId({ invoiceId, orderId }) {
      return orderId ?? (await keap.load('Invoice', invoiceId, ['Id', 'JobId'], shape.jobIds)).JobId;
    },

    async writeReference({ order, account }, made) {
      const title = order.flow === 'place-order' ? { JobTitle: titleOf(order) } : {};
      await keap.update('Job', orderIdOf(made), { [account.referenceField.name]: order.reference, ...title });
    },

    async readReference({ account: { referenceField } }, made) {
      return contentOf((await loadJob(orderIdOf(made), ['Id', referenceField.name]))[referenceField.name]);
    },

    /** Takes the Job along. */
    deleteOrder: async ({ invoiceId }) => (await unlessNotFound(keap.deleteInvoice(invoiceId))) !== undefined,

    readLines: async (made) => (await readItems(orderIdOf(made))).map(lineAtKeap),

    async addLine(want, { invoiceId }, line: KeapLine) {
      await keap.addOrderItem({
        invoiceId,
        productId: productIdOf(want, line, lineProducts) ?? '0',
        type: xmlRpcType(line, lineProducts) ?? 0,
        price: line.unitPrice,
        quantity: line.quantity,
        description: lineName(line),
        notes: lineNote(want.order, line),
      });
    },

    async readMoney({ invoiceId }) {
      const invoice = await unlessNotFound(keap.load('Invoice', invoiceId, shape.invoiceFields, shape.invoice));
      return invoice && money(invoice);
    },

    async readUnset(want, made) {
      const orderId = orderIdOf(made);
      const columns = columnsOf(want, timeZone).map(({ name }) => name);
      return unsetOf(want, timeZone, await loadJob(orderId, ['Id', ...columns]), await readItems(orderId));
    },

    async writeFields(want, made) {
      const orderId = orderIdOf(made);
      await writeJob(keap, want, timeZone, orderId, await readItems(orderId));
    },

    link: ({ orderId, invoiceId }) => keap.orderUrl(orderId, invoiceId),
  };
}

const describedInvoice = shape.invoice.extend({ Description: shape.optionalText });

async function createBlank(keap: XmlRpcClient, { order, contactId }: KeapWanted, timeZone: string): Promise<KeapMade> {
  const invoiceId = await keap.createBlankOrder(
    contactId,
    titleOf(order),
    dateTime(wallTime(new Date(order.orderedAt), timeZone)),
    order.leadAffiliate ?? '0',
    order.saleAffiliate ?? '0',
  );
  return { invoiceId, marked: false, lines: [], fieldsSet: false };
}

/** Products and plans of the catalogue, at its prices; a product that is wanted twice is named twice. */
async function placeOrder(keap: XmlRpcClient, want: KeapWanted): Promise<KeapMade> {
  const { order, contactId } = want;
  const productIds = order.lines
    .filter(({ kind }) => kind === 'product')
    .flatMap((line) => Array<string>(line.quantity).fill(want.products[line.sku ?? ''] ?? ''));
  const planIds = order.lines.map(({ plan }) => plan).filter((plan) => plan !== undefined);
  const placed = await keap.placeOrder(
    contactId,
    productIds,
    planIds,
    order.promoCodes ?? [],
    order.leadAffiliate ?? '0',
    order.saleAffiliate ?? '0',
  );
  const lines = order.lines.map(({ ref }) => ref);
  return { invoiceId: placed.InvoiceId, orderId: placed.OrderId, marked: false, lines, fieldsSet: false };
}

function orderIdOf({ orderId, invoiceId }: KeapMade): string {
  if (orderId === undefined) throw failure('NotFound', `the order of invoice ${invoiceId} is not known`);
  return orderId;
}

/** `ItemType` 7 and 10 to 14 take something off. */
function lineAtKeap(item: shape.OrderItem): LineAtKeap {
  return {
    id: item.Id,
    ...(item.ProductId === undefined ? {} : { productId: item.ProductId }),
    quantity: item.Qty,
    unitPrice: decimal(item.PPU),
    discount: item.ItemType === 7 || item.ItemType >= 10,
    texts: [item.ItemName, item.ItemDescription, item.Notes],
  };
}

function moneyAtKeap(invoice: shape.Invoice, owed: number): MoneyAtKeap {
  return {
    total: decimal(invoice.InvoiceTotal),
    paid: decimal(invoice.TotalPaid),
    owed: decimal(new Big(owed)),
    paidInFull: invoice.PayStatus === 1,
    // 1 and 2: refunded in part or in full. 3 and 4: written off, which nobody of us does.
    refunded: invoice.RefundStatus !== 0,
  };
}
