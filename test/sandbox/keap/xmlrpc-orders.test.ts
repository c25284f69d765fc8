import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import {
  b,
  blankOrder,
  d,
  faultIn,
  fields,
  i,
  intIn,
  keap,
  list,
  memberIn,
  members,
  rest,
  s,
  stopKeap,
  t,
  xml,
} from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
});
afterEach(stopKeap);

const pay = (invoiceId: number, amount: number, type = 'Credit Card (Manual)', note = '[EXT-1001/pay]') =>
  xml(
    sandbox,
    'InvoiceService.addManualPayment',
    i(invoiceId),
    d(amount),
    t('20260115T10:31:00'),
    s(type),
    s(note),
    b(0),
  );
const charge = (invoiceId: number, card: number, merchant = 9) =>
  xml(sandbox, 'InvoiceService.chargeInvoice', i(invoiceId), s('[EXT-1001/charge]'), i(card), i(merchant), b(0));
const owed = (invoiceId: number) => xml(sandbox, 'InvoiceService.calculateAmountOwed', i(invoiceId));

test('an order grows step by step; job and invoice have ids of their own', async () => {
  const invoiceId = await blankOrder(sandbox);
  expect(invoiceId).toBe(2087);
  const invoice = await xml(
    sandbox,
    'DataService.load',
    s('Invoice'),
    i(invoiceId),
    fields('Id', 'JobId', 'InvoiceTotal', 'TotalPaid', 'PayStatus', 'Description', 'PromoCode'),
  );
  expect(memberIn(invoice, 'JobId')).toBe('<i4>2075</i4>');
  expect(memberIn(invoice, 'InvoiceTotal')).toBe('<double>49.9</double>');
  expect(memberIn(invoice, 'TotalPaid')).toBe('<double>0.0</double>');
  expect(memberIn(invoice, 'Description')).toBe('EXT-1001 | web shop');
  // Null fields are left out.
  expect(memberIn(invoice, 'PromoCode')).toBeUndefined();
  const item = await xml(
    sandbox,
    'DataService.query',
    s('OrderItem'),
    i(10),
    i(0),
    members({ OrderId: s('2075') }),
    fields('ItemName', 'ItemDescription', 'Notes', 'Qty', 'PPU', 'ItemType'),
  );
  expect(memberIn(item, 'ItemName')).toBe('Blue mug');
  expect(memberIn(item, 'ItemDescription')).toBe('[EXT-1001#1]');
  expect(memberIn(item, 'Notes')).toBeUndefined();
  expect(memberIn(item, 'ItemType')).toBe('<i4>4</i4>');
  expect(await owed(invoiceId)).toContain('<double>49.9</double>');
  expect(intIn(await xml(sandbox, 'InvoiceService.getOrderId', i(invoiceId)))).toBe(2075);
  expect(intIn(await xml(sandbox, 'InvoiceService.getInvoiceId', i(2075)))).toBe(2087);
});

test('what XML-RPC writes, REST reads', async () => {
  await blankOrder(sandbox);
  const values = members({
    _ExternalOrderId: s('EXT-1001'),
    OrderType: s('Online'),
    JobNotes: s('A &amp; B'),
    ShipCity: s('Tempe'),
    ShipState: s('AZ'),
    ShipCountry: s('United States'),
  });
  expect(intIn(await xml(sandbox, 'DataService.update', s('Job'), i(2075), values))).toBe(2075);
  const { body } = await rest(sandbox, 'GET', '/orders/2075');
  expect(body).toMatchObject({
    order_type: 'ONLINE',
    notes: 'A & B',
    order_time: '2026-01-15T15:30:00Z',
    custom_fields: [{ id: '31', content: 'EXT-1001' }],
    shipping_information: { address: { locality: 'Tempe', region_code: 'US-AZ', country_code: 'USA' } },
  });
});

test('a manual payment: once in full, never above the balance, seen by getPayments', async () => {
  const invoiceId = await blankOrder(sandbox);
  expect(await pay(invoiceId, 49.9)).toContain('<boolean>1</boolean>');
  const above = faultIn(await pay(invoiceId, 0.01));
  expect(above.code).toBe(0);
  expect(above.text).toContain('The manual payment amount exceeds the amount due on the invoices being processed.');
  const payments = await xml(sandbox, 'InvoiceService.getPayments', i(invoiceId));
  expect(memberIn(payments, 'PayAmt')).toBe('<double>49.9</double>');
  expect(memberIn(payments, 'PayNote')).toBe('[EXT-1001/pay]');
  expect(memberIn(payments, 'RefundId')).toBe('<i4>0</i4>');
  expect(memberIn(payments, 'ChargeId')).toBe('<i4>0</i4>');
  expect(memberIn(payments, 'PayDate')).toBe('<dateTime.iso8601>20260115T10:31:00</dateTime.iso8601>');
  const refused = faultIn(await xml(sandbox, 'InvoiceService.deleteInvoice', i(invoiceId)));
  expect(refused.code).toBe(14);
  expect(sandbox.ledger().orders[0]).toMatchObject({ deleted: false, payStatus: 1, paid: 49.9 });
});

test('a counter-entry is a negative Refund and a Credit that brings the balance back to zero', async () => {
  const invoiceId = await blankOrder(sandbox);
  await pay(invoiceId, 49.9);
  expect(await pay(invoiceId, -49.9, 'Refund', 'Refund EXT-1001')).toContain('<boolean>1</boolean>');
  expect(await owed(invoiceId)).toContain('<double>49.9</double>');
  expect(await pay(invoiceId, 49.9, 'Credit', 'Credit for refund EXT-1001')).toContain('<boolean>1</boolean>');
  expect(await owed(invoiceId)).toContain('<double>0.0</double>');
  const invoice = await xml(
    sandbox,
    'DataService.load',
    s('Invoice'),
    i(invoiceId),
    fields('RefundStatus', 'CreditStatus', 'PayStatus'),
  );
  expect(memberIn(invoice, 'RefundStatus')).toBe('<i4>2</i4>');
  expect(memberIn(invoice, 'CreditStatus')).toBe('<i4>1</i4>');
  expect(memberIn(invoice, 'PayStatus')).toBe('<i4>1</i4>');
});

test.each([
  ['a label that does not exist', 10, 'Cheque'],
  ['a negative amount of a type that takes none back', -10, 'Cash'],
  ['nothing', 0, 'Cash'],
])('a manual payment of %s fails inside the method, and nothing is kept', async (_what, amount, type) => {
  const invoiceId = await blankOrder(sandbox);
  expect(faultIn(await pay(invoiceId, amount, type)).text).toBe(
    'Failed to invoke method addManualPayment in class com.infusionsoft.api.xmlrpc.XmlRpcInvoiceService: null',
  );
  expect(sandbox.ledger().orders[0]?.payments).toEqual([]);
});

test('a charge is approved, declined, an error, or skipped when nothing is due', async () => {
  const invoiceId = await blankOrder(sandbox);
  const declined = await charge(invoiceId, 72);
  expect(memberIn(declined, 'Successful')).toBe('<boolean>0</boolean>');
  expect(memberIn(declined, 'Code')).toBe('DECLINED');
  expect(memberIn(declined, 'Message')).toBe('This transaction has been declined. (2)');
  expect(memberIn(await charge(invoiceId, 71, 8), 'Code')).toBe('ERROR');
  expect(memberIn(await charge(invoiceId, 999), 'Message')).toBe('Error process card.');
  const approved = await charge(invoiceId, 71);
  expect(memberIn(approved, 'Successful')).toBe('<boolean>1</boolean>');
  expect(memberIn(approved, 'Code')).toBe('APPROVED');
  expect(memberIn(await charge(invoiceId, 71), 'Code')).toBe('SKIPPED');
  const [order] = sandbox.ledger().orders;
  expect(order?.transactions.map(({ status }) => status)).toEqual(['FAILED', 'ERROR', 'ERROR', 'APPROVED']);
  // Failed attempts are no payments.
  expect((await xml(sandbox, 'InvoiceService.getPayments', i(invoiceId))).match(/<name>Id</g)).toHaveLength(1);
});

test('the next charge can be told how to end, once', async () => {
  const invoiceId = await blankOrder(sandbox);
  sandbox.controls.nextCharge({ outcome: 'decline' });
  expect(memberIn(await charge(invoiceId, 71), 'Code')).toBe('DECLINED');
  expect(memberIn(await charge(invoiceId, 71), 'Code')).toBe('APPROVED');
});

test('deleteInvoice takes the job along, once', async () => {
  const invoiceId = await blankOrder(sandbox);
  expect(await xml(sandbox, 'InvoiceService.deleteInvoice', i(invoiceId))).toContain('<boolean>1</boolean>');
  expect(faultIn(await xml(sandbox, 'InvoiceService.deleteInvoice', i(invoiceId))).code).toBe(5);
  const jobs = await xml(sandbox, 'DataService.query', s('Job'), i(5), i(0), members({ Id: s('2075') }), fields('Id'));
  expect(jobs).toContain('<array><data/></array>');
});

test('a fraction of a cent leaves PayStatus at 0 for ever', async () => {
  const invoiceId = await blankOrder(sandbox, 'EXT-2', 3.333, 3);
  expect(await owed(invoiceId)).toContain('<double>10.0</double>');
  await pay(invoiceId, 10);
  expect(await owed(invoiceId)).toContain('<double>0.0</double>');
  const invoice = await xml(
    sandbox,
    'DataService.load',
    s('Invoice'),
    i(invoiceId),
    fields('PayStatus', 'InvoiceTotal'),
  );
  expect(memberIn(invoice, 'PayStatus')).toBe('<i4>0</i4>');
  expect(memberIn(invoice, 'InvoiceTotal')).toBe('<double>9.999</double>');
});

test('a payment plan makes only its first part fall due, and a second plan takes its place', async () => {
  const invoiceId = await blankOrder(sandbox);
  const plan = (first: number) =>
    xml(
      sandbox,
      'InvoiceService.addPaymentPlan',
      i(invoiceId),
      b(1),
      i(71),
      i(9),
      i(3),
      i(3),
      d(first),
      t('20200101T00:00:00'),
      t('20990101T00:00:00'),
      i(2),
      i(30),
    );
  await plan(5);
  expect(await plan(9.9)).toContain('<boolean>1</boolean>');
  const invoice = await xml(
    sandbox,
    'DataService.load',
    s('Invoice'),
    i(invoiceId),
    fields('TotalDue', 'PayPlanStatus'),
  );
  expect(memberIn(invoice, 'TotalDue')).toBe('<double>9.9</double>');
  expect(memberIn(invoice, 'PayPlanStatus')).toBe('<i4>1</i4>');
  await charge(invoiceId, 71);
  expect(sandbox.ledger().orders[0]).toMatchObject({ paid: 9.9, owed: 40, payStatus: 0 });
  const items = await xml(
    sandbox,
    'DataService.query',
    s('PayPlanItem'),
    i(9),
    i(0),
    members({ PayPlanId: i(invoiceId) }),
    fields('AmtDue', 'Status'),
  );
  expect(items.match(/<double>(9\.9|20\.0)<\/double>/g)).toHaveLength(3);
});

test('placeOrder answers strings only, and a product named twice is two', async () => {
  const place = (card: number) =>
    xml(sandbox, 'OrderService.placeOrder', i(55), i(card), i(0), list(i(17), i(17)), list(), b(0), list());
  const placed = await place(0);
  expect(memberIn(placed, 'Successful')).toBe('false');
  expect(memberIn(placed, 'OrderId')).toBe('2075');
  expect(memberIn(placed, 'InvoiceId')).toBe('2087');
  expect(sandbox.ledger().orders[0]).toMatchObject({ total: 49.9, lines: [{ quantity: 2 }] });
  expect(memberIn(await place(71), 'Code')).toBe('APPROVED');
});

test('payment options are labels under their own names', async () => {
  const options = await xml(sandbox, 'InvoiceService.getAllPaymentOptions');
  expect(memberIn(options, 'Credit Card (Manual)')).toBe('Credit Card (Manual)');
  expect(options.match(/<member>/g)).toHaveLength(8);
});

test('cards are located by their end, and validity is a string', async () => {
  expect(intIn(await xml(sandbox, 'InvoiceService.locateExistingCard', i(55), s('1111')))).toBe(71);
  expect(intIn(await xml(sandbox, 'InvoiceService.locateExistingCard', i(55), s('9999')))).toBe(0);
  expect(memberIn(await xml(sandbox, 'InvoiceService.validateCreditCard', i(71)), 'Valid')).toBe('true');
  expect(memberIn(await xml(sandbox, 'InvoiceService.validateCreditCard', i(7)), 'Valid')).toBe('false');
});

test('a subscription is billed for all cycles that are due, on one invoice, and then for none', async () => {
  sandbox.controls.settings({ billing: 'off' });
  const add = (duplicate: 0 | 1) =>
    xml(
      sandbox,
      'InvoiceService.addRecurringOrder',
      i(55),
      b(duplicate),
      i(5),
      i(1),
      d(15),
      b(0),
      i(9),
      i(71),
      i(0),
      i(0),
    );
  const id = intIn(await add(0));
  expect(intIn(await add(0))).toBe(id);
  expect(intIn(await add(1))).not.toBe(id);
  const bill = async () => intIn(await xml(sandbox, 'InvoiceService.createInvoiceForRecurring', i(id)));
  sandbox.clock.advance(40 * 86_400_000);
  const invoiceId = await bill();
  expect(sandbox.ledger().orders[0]).toMatchObject({
    invoiceId,
    total: 30,
    lines: [{ type: 'SUBSCRIPTION', quantity: 2 }],
  });
  expect(await bill()).toBe(0);
  await xml(sandbox, 'InvoiceService.deleteSubscription', i(id));
  expect(sandbox.ledger().orders[0]).toMatchObject({ deleted: true });
});
