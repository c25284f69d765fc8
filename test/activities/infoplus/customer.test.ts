import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import { answering, errors, handsOf, queryOf, wantOf, written } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const customer = (change: object = {}) => ({
  id: 88_012,
  lobId: 10_000,
  customerNo: 'C-100',
  name: 'Jane Doe',
  attention: null,
  street: '12 Elm St',
  street2: null,
  city: 'Austin',
  state: 'Texas',
  zipCode: '78701',
  country: 'UNITED STATES',
  phone: '512-555-0111',
  email: 'Jane@Example.com',
  ...change,
});
const known = { customerNo: 'C-100', customerId: '88012', created: false, differences: [] as string[] };
const shown = (customers: object[], created: Reply = { status: 201, body: customer() }) =>
  answering({ 'GET customer/search': { body: customers }, 'POST customer': created });

const abroad = { billToState: 'BY', billToCountry: 'DE' };

describe('a customer', () => {
  const find = async (customers: object[], change: object = {}) => {
    server.answers(shown(customers));
    return handsOf(server).findCustomer(wantOf(change));
  };

  test('is asked for by number in the line of business', async () => {
    expect(await find([customer()])).toEqual({ state: 'same', it: known });
    expect(server.received.map((request) => queryOf(request).filter)).toEqual([
      "lobId eq 10000 and customerNo eq 'C-100'",
    ]);
  });

  test.each<[string, object[], object]>([
    ['nobody', [], { state: 'none' }],
    ['others only', [customer({ customerNo: 'C-1001' }), customer({ lobId: 1 })], { state: 'none' }],
    ['one in other letters', [customer({ customerNo: 'c-100' })], { state: 'same', it: known }],
    ['two of one number', [customer(), customer({ id: 2 })], { state: 'several', ids: ['88012', '2'] }],
  ])('%s', async (_, customers, expected) => {
    expect(await find(customers)).toMatchObject(expected);
  });

  test.each<[string, object, string[], object?]>([
    ['in another city', { city: 'Dallas', zipCode: '75001' }, ['billToCity', 'billToZip']],
    ['in a state by its code', { state: 'TX', country: 'us' }, []],
    ['in another country', { country: 'CANADA' }, ['billToCountry']],
    ['with more than the order says', { street2: 'Suite 4', attention: 'Purchasing' }, []],
    ['without what the order says', { phone: null, email: undefined }, ['billToPhone', 'billToEmail']],
    ['abroad, whatever its state', { country: 'GERMANY', state: 'Bavaria' }, [], abroad],
  ])('with another bill-to is known, and what differs is named: %s', async (_, change, differences, order = {}) => {
    expect(await find([customer(change)], order)).toEqual({ state: 'same', it: { ...known, differences } });
  });

  test('is left as it is where the order says nothing of it', async () => {
    const billTo = ['Company', 'Street', 'City', 'State', 'Zip', 'Country', 'Phone', 'Email'];
    const none = Object.fromEntries(billTo.map((part) => [`billTo${part}`, undefined]));
    expect(await find([customer({ city: 'Dallas' })], none)).toEqual({ state: 'same', it: known });
    server.answers(shown([]));
    expect(await failureOf(handsOf(server).createCustomer(wantOf(none)))).toMatchObject({
      type: 'Rejected',
      message: 'customerNo: Infoplus shows no customer C-100, and the order has no bill-to to make one from',
    });
    expect(server.received).toEqual([]);
  });
});

describe('a new customer', () => {
  test('is made from the bill-to, in the forms of the platform', async () => {
    server.answers(shown([]));
    expect(await handsOf(server).createCustomer(wantOf())).toEqual({ ...known, created: true });
    expect(written(server, 'POST customer')).toEqual({
      lobId: 10_000,
      customerNo: 'C-100',
      name: 'Jane Doe',
      street: '12 Elm St',
      city: 'Austin',
      state: 'Texas',
      zipCode: '78701',
      country: 'UNITED STATES',
      phone: '512-555-0111',
      email: 'jane@example.com',
      packageCarrierId: 1,
      truckCarrierId: 100,
      weightBreak: 0,
      residential: 'No',
    });
  });

  test('abroad has no state, and what is said of it beside the bill-to', async () => {
    server.answers(shown([]));
    const more = { residential: 'Yes', packageCarrierId: 5 } as const;
    await handsOf(server).createCustomer(wantOf({ ...abroad, billToCountry: 'GBR', customer: more }));
    const body = written(server, 'POST customer');
    expect(body).toMatchObject({ country: 'ENGLAND', residential: 'Yes', packageCarrierId: 5 });
    expect(body).not.toHaveProperty('state');
  });

  test('that is refused is refused', async () => {
    server.answers(shown([], { status: 400, body: errors('Jane Doe of 12 Elm St: zip code unknown') }));
    expect(await failureOf(handsOf(server).createCustomer(wantOf()))).toEqual({
      type: 'Rejected',
      message: 'Infoplus answered customer.create with 400: … of …: zip code unknown',
    });
  });

  test('whose answer was lost may have been made', async () => {
    server.answers(shown([], { status: 502, body: '<html>' }));
    expect(await failureOf(handsOf(server).createCustomer(wantOf()))).toMatchObject({ type: 'OutcomeUnknown' });
  });
});
