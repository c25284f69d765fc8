import type { Found } from '../../workflows/found.js';
import type { InfoplusCustomer, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { ADDRESS_PARTS, type AddressPart } from '../../workflows/infoplus/fields.js';
import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { failure } from '../failure.js';
import { sameText } from '../texts.js';
import { write } from '../write.js';
import { addressOf, samePart } from './address.js';
import type { InfoplusClient } from './client.js';
import { text } from './filter.js';
import type { Open } from './open.js';
import type { CustomerThere } from './shapes.js';

/** What a part of an address is called in a customer. */
const FIELDS = {
  Company: 'name',
  Attention: 'attention',
  Street: 'street',
  Street2: 'street2',
  Street3: 'street3Province',
  City: 'city',
  State: 'state',
  Zip: 'zipCode',
  Country: 'country',
  Phone: 'phone',
  Email: 'email',
} as const satisfies Record<AddressPart, keyof CustomerThere>;

/** The customer of an order: found by number, or made from the bill-to. It stays when an order is taken back. */
export function customerSteps({ open }: Open) {
  return {
    async findCustomer({ order, at }: InfoplusWanted, atId?: string): Promise<Found<InfoplusCustomer>> {
      const found = await search(open(order), order, at.lobId);
      const [only, ...more] = atId === undefined ? found : found.filter(({ id }) => String(id) === atId.trim());
      if (only === undefined) return { state: 'none' };
      if (more.length > 0) {
        const ids = [only, ...more].map(({ id }) => String(id));
        return { state: 'several', why: `customers ${ids.join(' and ')} have the number ${order.customerNo}`, ids };
      }
      return { state: 'same', it: asFound(order, only) };
    },

    /** Beforehand, because an order with the number of nobody makes a customer too, and does not say that it did. */
    async createCustomer({ order, at }: InfoplusWanted): Promise<InfoplusCustomer> {
      const infoplus = open(order);
      return write('createCustomer', async () => {
        const body = bodyOf(order, at);
        const { id } = await infoplus.createCustomer(body);
        return { customerNo: body.customerNo, customerId: String(id), created: true, differences: [] };
      });
    },
  };
}

async function search(infoplus: InfoplusClient, { customerNo = '' }: InfoplusOrder, lobId: number) {
  const found = await infoplus.searchCustomers(`lobId eq ${lobId} and customerNo eq ${text(customerNo)}`);
  return found.filter((each) => sameText(each.customerNo, customerNo) && (each.lobId ?? lobId) === lobId);
}

function asFound(order: InfoplusOrder, there: CustomerThere): InfoplusCustomer {
  const { customerNo = '' } = order;
  return { customerNo, customerId: String(there.id), created: false, differences: differences(order, there) };
}

/** Only what the order says can differ; the customer may have more. */
function differences(order: InfoplusOrder, there: CustomerThere): string[] {
  const billTo = addressOf(order, 'billTo') ?? {};
  return ADDRESS_PARTS.filter((part) => billTo[part] !== undefined)
    .filter((part) => !samePart(part, billTo[part], there[FIELDS[part]], order.billToCountry ?? ''))
    .map((part) => `billTo${part}`);
}

function bodyOf(order: InfoplusOrder, { lobId, carrierId }: InfoplusWanted['at']) {
  const { customerNo = '', customer, connection, reference } = order;
  const billTo = addressOf(order, 'billTo');
  if (billTo === undefined) {
    const problem = `customerNo: Infoplus shows no customer ${customerNo}, and the order has no bill-to to make one from`;
    throw failure('Rejected', problem, { platform: 'infoplus', connection, reference, problems: [problem] });
  }
  const address = ADDRESS_PARTS.flatMap((part) => (billTo[part] === undefined ? [] : [[FIELDS[part], billTo[part]]]));
  return { lobId, customerNo, ...Object.fromEntries(address), packageCarrierId: carrierId, ...customer };
}
