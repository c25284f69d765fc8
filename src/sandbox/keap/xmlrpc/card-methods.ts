import type { Card } from '../wallet.js';
import type { XmlRpcMethod } from './method.js';
import { int, string, struct } from './value.js';

/** The methods of InvoiceService that are about cards only. */
export const cardMethods: readonly XmlRpcMethod[] = [
  {
    name: 'InvoiceService.locateExistingCard',
    kind: 'read',
    signatures: [['int', 'string']],
    run: ({ tenant }, params) => {
      const cards = tenant.wallet.ofContact(params.number(0));
      return int(cards.find((card) => card.last4 === params.text(1) && isValid(card))?.id ?? 0);
    },
  },
  {
    name: 'InvoiceService.validateCreditCard',
    kind: 'read',
    signatures: [['int'], ['struct']],
    run: ({ tenant }, params) => {
      const valid =
        params.type(0) === 'int'
          ? isValid(tenant.wallet.get(params.number(0)))
          : params.members(0).get('CardNumber')?.type === 'string';
      return struct({ Valid: string(String(valid)), Message: string(valid ? '' : 'Invalid card') });
    },
  },
];

function isValid(card: Card | undefined): boolean {
  return card?.status === 3;
}
