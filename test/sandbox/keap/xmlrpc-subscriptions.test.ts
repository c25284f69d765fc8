import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { b, d, faultIn, fields, i, intIn, keap, list, memberIn, members, s, stopKeap, t, xml } from './wire.js';

let sandbox: KeapSandbox;

/** Noon of a winter's day on the East Coast. */
const start = Date.parse('2026-01-15T17:00:00Z');
const dayMs = 86_400_000;

beforeEach(async () => {
  sandbox = await keap({ startTime: start });
});
afterEach(stopKeap);

const addRecurringOrder = (more: { duplicate?: 0 | 1; daysTillCharge?: number; cardId?: number } = {}) =>
  xml(
    sandbox,
    'InvoiceService.addRecurringOrder',
    i(55),
    b(more.duplicate ?? 0),
    i(5),
    i(1),
    d(15),
    b(0),
    i(9),
    i(more.cardId ?? 71),
    i(0),
    i(more.daysTillCharge ?? 0),
  );
const add = (values: Record<string, string> = {}) =>
  xml(
    sandbox,
    'DataService.add',
    s('RecurringOrder'),
    members({ ContactId: i(55), SubscriptionPlanId: i(5), ...values }),
  );
const load = (id: number, ...names: string[]) =>
  xml(sandbox, 'DataService.load', s('RecurringOrder'), i(id), fields(...names));
const update = (id: number, values: Record<string, string>) =>
  xml(sandbox, 'DataService.update', s('RecurringOrder'), i(id), members(values));
const bill = async (id: number) => intIn(await xml(sandbox, 'InvoiceService.createInvoiceForRecurring', i(id)));
const charge = (invoiceId: number, cardId = 71) =>
  xml(sandbox, 'InvoiceService.chargeInvoice', i(invoiceId), s('cycle'), i(cardId), i(9), b(0));
const find = async (values: Record<string, string>) =>
  [
    ...(
      await xml(sandbox, 'DataService.query', s('RecurringOrder'), i(10), i(0), members(values), fields('Id'))
    ).matchAll(/<i4>(\d+)<\/i4>/g),
  ].map(([, id]) => Number(id));

test('a row is added with what it names; the rest comes from its plan, and nobody is charged unless it says so', async () => {
  const id = intIn(
    await add({
      ProductId: i(27),
      StartDate: t('20260120T15:00:00'),
      BillingCycle: s('3'),
      Frequency: i(2),
      BillingAmt: d(4.5),
      Qty: i(3),
      CC1: i(71),
      MerchantAccountId: i(9),
      MaxRetry: i(5),
      NumDaysBetweenRetry: i(4),
      _ExternalSubscriptionId: s('SUB-1'),
    }),
  );
  const row = await load(
    id,
    'StartDate',
    'NextBillDate',
    'EndDate',
    'LastBillDate',
    'BillingCycle',
    'Frequency',
    'BillingAmt',
    'Qty',
    'AutoCharge',
    'Status',
    'MaxRetry',
    'NumDaysBetweenRetry',
    '_ExternalSubscriptionId',
  );
  // A day has no time.
  expect(memberIn(row, 'StartDate')).toBe('<dateTime.iso8601>20260120T00:00:00</dateTime.iso8601>');
  expect(memberIn(row, 'NextBillDate')).toBe('<dateTime.iso8601>20260120T00:00:00</dateTime.iso8601>');
  expect([memberIn(row, 'EndDate'), memberIn(row, 'LastBillDate')]).toEqual([undefined, undefined]);
  expect(memberIn(row, 'BillingCycle')).toBe('3');
  expect(memberIn(row, 'Frequency')).toBe('<i4>2</i4>');
  expect(memberIn(row, 'BillingAmt')).toBe('<double>4.5</double>');
  expect(memberIn(row, 'Qty')).toBe('<i4>3</i4>');
  expect(memberIn(row, 'AutoCharge')).toBe('<i4>0</i4>');
  expect(memberIn(row, 'Status')).toBe('Active');
  expect(memberIn(row, 'MaxRetry')).toBe('<i4>5</i4>');
  expect(memberIn(row, 'NumDaysBetweenRetry')).toBe('<i4>4</i4>');
  expect(memberIn(row, '_ExternalSubscriptionId')).toBe('SUB-1');
});

test('the data service looks for no duplicates', async () => {
  expect(intIn(await add())).toBe(601);
  expect(intIn(await add())).toBe(602);
});

test.each([
  ['NextBillDate', t('20260201T00:00:00'), 8],
  ['OriginatingOrderId', i(1), 8],
  ['NextBill', i(1), 10],
  ['BillingCycle', s('4'), 12],
  ['Status', s('Paused'), 12],
  ['Qty', i(0), 12],
  ['ContactId', i(1), 5],
  ['SubscriptionPlanId', i(1), 5],
])('%s cannot be written like that', async (column, value, code) => {
  const id = intIn(await add());
  expect(faultIn(await update(id, { Qty: i(2), [column]: value })).code).toBe(code);
  expect(sandbox.ledger().subscriptions).toMatchObject([{ quantity: 1, status: 'Active' }]);
});

test('a row without plan or contact is refused, and none can be deleted', async () => {
  expect(faultIn(await xml(sandbox, 'DataService.add', s('RecurringOrder'), members({ ContactId: i(55) }))).code).toBe(
    12,
  );
  const id = intIn(await add());
  expect(faultIn(await xml(sandbox, 'DataService.delete', s('RecurringOrder'), i(id))).code).toBe(7);
});

test('it is found by contact and plan, by custom field and by status', async () => {
  await add({ _ExternalSubscriptionId: s('SUB-1') });
  await add({ _ExternalSubscriptionId: s('SUB-2') });
  await update(601, { Status: s('Inactive') });
  expect(await find({ ContactId: i(55), SubscriptionPlanId: i(5) })).toEqual([601, 602]);
  expect(await find({ ContactId: i(55), ProgramId: i(5), Status: s('active') })).toEqual([602]);
  expect(await find({ _ExternalSubscriptionId: s('sub-1') })).toEqual([601]);
  expect(await find({ ContactId: i(56) })).toEqual([]);
});

test('its form of custom fields is -10, and a field made for it is its own', async () => {
  const ask = () =>
    xml(
      sandbox,
      'DataService.query',
      s('DataFormField'),
      i(9),
      i(0),
      members({ FormId: i(-10) }),
      fields('Name', 'GroupId'),
    );
  expect(memberIn(await ask(), 'Name')).toBe('ExternalSubscriptionId');
  const group = intIn(memberIn(await ask(), 'GroupId') ?? '');
  const made = await xml(sandbox, 'DataService.addCustomField', s('JobRecurring'), s('Gift note'), s('Text'), i(group));
  expect(intIn(made)).toBe(45);
  await add({ _Giftnote: s('for you') });
  expect(faultIn(await xml(sandbox, 'DataService.load', s('Job'), i(1), fields('_Giftnote'))).code).toBe(10);
  expect(sandbox.ledger().subscriptions).toMatchObject([{ customFields: { _Giftnote: 'for you' } }]);
});

test('it is invoiced when it is due and charged by call; its job carries its id', async () => {
  const id = intIn(await addRecurringOrder({ daysTillCharge: 3 }));
  expect(await bill(id)).toBe(0);
  await xml(sandbox, 'InvoiceService.updateJobRecurringNextBillDate', i(id), t('20260115T09:30:00'));
  const invoiceId = await bill(id);
  expect(memberIn(await charge(invoiceId, 72), 'Code')).toBe('DECLINED');
  expect(memberIn(await charge(invoiceId), 'Code')).toBe('APPROVED');
  expect(memberIn(await charge(invoiceId), 'Code')).toBe('SKIPPED');
  expect(await bill(id)).toBe(0);
  const jobs = await xml(
    sandbox,
    'DataService.query',
    s('Job'),
    i(9),
    i(0),
    members({ JobRecurringId: i(id) }),
    fields('Id'),
  );
  const [subscription] = sandbox.ledger().subscriptions;
  expect(intIn(jobs)).toBe(subscription?.billings[0]?.jobId);
  expect(subscription).toMatchObject({
    via: 'xmlrpc',
    lastBillDate: '2026-01-15',
    nextBillDate: '2026-02-15',
    billings: [{ invoiceId, by: 'xmlrpc', days: ['2026-01-15'], owed: 0 }],
  });
  const row = await load(id, 'LastBillDate', 'PaidThruDate', 'NextBillDate');
  expect(memberIn(row, 'PaidThruDate')).toBe('<dateTime.iso8601>20260115T00:00:00</dateTime.iso8601>');
});

test('a method that fails may have done its work: the row, the invoice and the charge are there', async () => {
  for (const operation of [
    'DataService.add:RecurringOrder',
    'InvoiceService.createInvoiceForRecurring',
    'InvoiceService.chargeInvoice',
  ]) {
    sandbox.faults.add({ kind: 'fault-after', operation });
  }
  expect(faultIn(await add()).code).toBe(0);
  const [id = 0] = await find({ ContactId: i(55) });
  expect(faultIn(await xml(sandbox, 'InvoiceService.createInvoiceForRecurring', i(id))).code).toBe(0);
  expect(await bill(id)).toBe(0);
  const invoiceId = sandbox.ledger().subscriptions[0]?.billings[0]?.invoiceId ?? 0;
  expect(faultIn(await charge(invoiceId)).code).toBe(0);
  expect(memberIn(await charge(invoiceId), 'Code')).toBe('SKIPPED');
  expect(sandbox.ledger().subscriptions).toMatchObject([{ billings: [{ owed: 0, charges: [{ by: 'others' }] }] }]);
});

test('stopped by its columns it is billed no more and stays to be read', async () => {
  const id = intIn(await add());
  await update(id, { Status: s('Inactive'), EndDate: t('20260116T00:00:00'), ReasonStopped: s('moved away') });
  expect(await bill(id)).toBe(0);
  expect(memberIn(await load(id, 'ReasonStopped'), 'ReasonStopped')).toBe('moved away');
  expect(sandbox.ledger().subscriptions).toMatchObject([
    { status: 'Inactive', reasonStopped: 'moved away', endDate: '2026-01-16', deleted: false },
  ]);
});

test('nothing is billed after the end, however often it is asked for', async () => {
  const id = intIn(await add({ EndDate: t('20260220T00:00:00') }));
  sandbox.controls.settings({ billing: 'off' });
  sandbox.clock.advance(100 * dayMs);
  const invoiceId = await bill(id);
  expect(sandbox.ledger().subscriptions[0]?.billings).toMatchObject([
    { invoiceId, days: ['2026-01-15', '2026-02-15'] },
  ]);
  expect(await bill(id)).toBe(0);
});

test('deleted, it takes its invoices along, the paid ones too', async () => {
  const id = intIn(await addRecurringOrder());
  const invoiceId = await bill(id);
  await charge(invoiceId);
  await xml(sandbox, 'InvoiceService.deleteSubscription', i(id));
  expect(sandbox.ledger().subscriptions).toMatchObject([{ deleted: true, billings: [{ deleted: true, owed: 0 }] }]);
  expect(faultIn(await load(id, 'Id')).code).toBe(5);
  expect(faultIn(await xml(sandbox, 'InvoiceService.deleteSubscription', i(id))).code).toBe(5);
});

test('where a duplicate is refused, it is a fault', async () => {
  await stopKeap();
  sandbox = await keap({ duplicateSubscription: 'refused' });
  await addRecurringOrder();
  expect(faultIn(await addRecurringOrder()).code).toBe(12);
  expect(intIn(await addRecurringOrder({ duplicate: 1 }))).toBe(602);
});

test('an order that is placed with a plan bills its first cycle and makes the subscription', async () => {
  const place = (cardId: number, ...plans: number[]) =>
    xml(sandbox, 'OrderService.placeOrder', i(55), i(cardId), i(0), list(i(17)), list(...plans.map(i)), b(0), list());
  const placed = await place(71, 5, 5);
  expect(memberIn(placed, 'Code')).toBe('APPROVED');
  const { orders, subscriptions } = sandbox.ledger();
  expect(orders).toMatchObject([
    { total: 54.95, paid: 54.95, lines: [{ typeCode: 4 }, { typeCode: 9, quantity: 2, price: 15 }] },
  ]);
  expect(subscriptions).toMatchObject([
    {
      planId: 5,
      quantity: 2,
      autoCharge: true,
      nextBillDate: '2026-02-15',
      billings: [{ days: ['2026-01-15'], owed: 0 }],
    },
  ]);
  const row = await load(subscriptions[0]?.id ?? 0, 'OriginatingOrderId');
  expect(intIn(row)).toBe(orders[0]?.jobId);
  expect(faultIn(await place(0, 1)).code).toBe(5);
  expect(sandbox.ledger().orders).toHaveLength(1);
});

test('plans are rows of their own', async () => {
  const plans = await xml(
    sandbox,
    'DataService.query',
    s('SubscriptionPlan'),
    i(9),
    i(0),
    members({ ProductId: i(27), Active: b(1) }),
    fields('Id', 'Cycle', 'Frequency', 'PlanPrice', 'NumberOfCycles'),
  );
  expect(plans.match(/<name>Id</g)).toHaveLength(4);
  const plan = members({ ProductId: i(18), Cycle: s('6'), Frequency: i(10), PlanPrice: d(9.9), NumberOfCycles: i(2) });
  const id = intIn(await xml(sandbox, 'DataService.add', s('SubscriptionPlan'), plan));
  expect(id).toBe(10);
  const [made] = [intIn(await add({ SubscriptionPlanId: i(id) }))];
  expect(sandbox.ledger().subscriptions).toMatchObject([
    { id: made, productId: 18, cycle: 'DAY', frequency: 10, price: 9.9, endDate: '2026-01-25' },
  ]);
  await xml(sandbox, 'DataService.update', s('SubscriptionPlan'), i(id), members({ Active: b(0) }));
  const row = await xml(sandbox, 'DataService.load', s('SubscriptionPlan'), i(id), fields('Active'));
  expect(memberIn(row, 'Active')).toBe('<boolean>0</boolean>');
});
