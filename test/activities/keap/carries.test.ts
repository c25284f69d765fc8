import { describe, expect, test } from 'vitest';
import { keap } from '../../../src/activities/keap/index.js';
import { problemsOf } from '../../../src/workflows/input.js';
import type { KeapOrderInput } from '../../../src/workflows/keap/input.js';
import { orderOf } from './rig.js';

const auth = { serviceAccountKey: 'KeapAK-1' };

function check(settings: object, change: Partial<KeapOrderInput>) {
  const connection = { name: 'keap/acme', platform: 'keap', settings: keap.settings.parse({ auth, ...settings }) };
  return keap.check(connection, 'keapOrder', orderOf(change));
}

const mug = { sku: 'MUG-B', quantity: 1, unitPrice: '54.90' };
const line = (change: object): Partial<KeapOrderInput> => ({ lines: [{ ...mug, ...change }] });
const free = (kind: 'upsell' | 'program' | 'service' | 'other') => ({
  kind,
  ...(kind === 'upsell' || kind === 'program' ? { sku: 'X' } : {}),
});
const noKind = (kind: string, api: string) =>
  `lines[0].kind: ${api} has no line of kind ${kind}; the setting lineProducts.${kind} can map it to a product`;
const charge: KeapOrderInput['payment'] = { kind: 'charge', card: '71' };

describe('what REST cannot carry', () => {
  test.each<[string, Partial<KeapOrderInput>, string[]]>([
    ['nothing, of a plain order', {}, []],
    ['upsell', line(free('upsell')), [noKind('upsell', 'REST')]],
    ['program', line(free('program')), [noKind('program', 'REST')]],
    ['service', line({ ...free('service'), sku: undefined }), [noKind('service', 'REST')]],
    ['place-order', { flow: 'place-order' }, ['flow: place-order exists on XML-RPC only']],
    ['a subscription without its plan', line({ kind: 'subscription' }), ['lines[0].plan: is missing; REST needs it']],
    [
      'the cost of a fee',
      line({ kind: 'fee', sku: undefined, unitCost: '1' }),
      ['lines[0].unitCost: REST keeps it of products and subscriptions only'],
    ],
    [
      'another value in the field of the reference',
      { customFields: { 'External Order Id': 'x' } },
      ['customFields.External Order Id: carries the reference already; leave it out'],
    ],
  ])('%s', (_, change, problems) => {
    expect(check({}, change)).toEqual(problems);
  });

  test('unless the settings map it to a product', () => {
    expect(check({ lineProducts: { upsell: 'UP' } }, line(free('upsell')))).toEqual([]);
  });
});

describe('what XML-RPC cannot carry', () => {
  test.each<[string, Partial<KeapOrderInput>, string[]]>([
    ['nothing, of a plain order', {}, []],
    ['a line of no special kind', line({ ...free('other'), sku: undefined }), [noKind('other', 'XML-RPC')]],
    [
      'a promotion',
      { promoCodes: ['TEN'], promotionDiscount: '0' },
      ['promoCodes: XML-RPC applies them in flow place-order only'],
    ],
    [
      'a charge through no merchant account',
      { payment: charge },
      ['payment.merchantAccount: XML-RPC charges a card only through a named merchant account'],
    ],
    [
      'the plan of a line',
      line({ kind: 'subscription', plan: '5' }),
      ['lines[0].plan: XML-RPC takes it in flow place-order only'],
    ],
    [
      'fees and names in place-order',
      {
        flow: 'place-order',
        lines: [
          { ...mug, name: 'Mug', unitPrice: '49.90' },
          { kind: 'fee', quantity: 1, unitPrice: '5' },
        ],
      },
      [
        'lines[0].name: place-order takes it from the product',
        'lines[1].kind: place-order takes products and subscriptions, not fee',
      ],
    ],
  ])('%s', (_, change, problems) => {
    expect(check({ transport: 'xml-rpc' }, change)).toEqual(problems);
  });
});

describe('settings', () => {
  const problems = (settings: object) => {
    const parsed = keap.settings.safeParse(settings);
    return parsed.success ? [] : problemsOf(parsed.error);
  };
  const one = 'auth: expected exactly one of serviceAccountKey, personalAccessToken and oauth';
  test.each<[string, object, string[]]>([
    ['a key is enough', { auth }, []],
    ['no credentials', { auth: {} }, [one]],
    ['two kinds of credentials', { auth: { ...auth, personalAccessToken: 'x' } }, [one]],
    ['an unknown setting', { auth, colour: 'red' }, ['colour: is not a field of this input']],
    ['another transport', { auth, transport: 'soap' }, ['transport: expected rest or xml-rpc']],
    [
      'no such zone',
      { auth, timeZone: 'Mars/Olympus' },
      ['timeZone: expected an IANA time zone, e.g. America/New_York'],
    ],
    [
      'a key with a line end',
      { auth: { serviceAccountKey: 'KeapAK-secret\n' } },
      ['auth.serviceAccountKey: expected printable characters without spaces'],
    ],
  ])('%s', (_, settings, sentences) => {
    expect(problems(settings)).toEqual(sentences);
  });

  test('XML-RPC is warned of its end, REST of nothing', () => {
    const connection = (transport: string) => ({
      name: 'keap/acme',
      platform: 'keap',
      settings: keap.settings.parse({ auth, transport }),
    });
    expect(keap.warning(connection('xml-rpc'))).toContain('31 December 2026');
    expect(keap.warning(connection('rest'))).toBeUndefined();
  });
});
