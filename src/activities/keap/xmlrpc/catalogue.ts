import type { AccountAtKeap, Transport } from '../transport.js';
import type { XmlRpcClient } from './client.js';
import * as shape from './shapes.js';
import { int } from './xml.js';

/** Orders have this form in DataFormField. */
const ORDER_FORM = -9;

/** Keap's numbers for types of custom fields, in the words of REST v2. */
const TYPES: Readonly<Record<number, string>> = {
  1: 'PHONE_NUMBER',
  2: 'SOCIAL_SECURITY_NUMBER',
  3: 'CURRENCY',
  4: 'PERCENT',
  5: 'STATE',
  6: 'YES_NO',
  7: 'YEAR',
  8: 'MONTH',
  9: 'DAY_OF_WEEK',
  10: 'NAME',
  11: 'DECIMAL_NUMBER',
  12: 'WHOLE_NUMBER',
  13: 'DATE',
  14: 'DATE_TIME',
  15: 'TEXT',
  16: 'TEXT_AREA',
  17: 'LIST_BOX',
  18: 'WEBSITE',
  19: 'EMAIL',
  20: 'RADIO',
  21: 'DROPDOWN',
  22: 'USER',
  23: 'DRILLDOWN',
  25: 'USER_LIST_BOX',
};

/** What the account has on offer, by XML-RPC. */
export function xmlRpcCatalogue(keap: XmlRpcClient): Pick<Transport, 'readAccount' | 'productsBySku'> {
  return {
    async readAccount() {
      const paymentLabels = await keap.getAllPaymentOptions();
      return { paymentLabels, fields: await fieldsOf(keap, ORDER_FORM) };
    },
    async productsBySku(sku) {
      const products = await keap.findByField('Product', 'Sku', sku, ['Id', 'Sku', 'Status'], shape.product);
      return products.map(({ Id, Sku, Status }) => ({ id: Id, sku: Sku, active: Status === 1 }));
    },
  };
}

/** @param form as Keap numbers what has custom fields */
export async function fieldsOf(keap: XmlRpcClient, form: number): Promise<AccountAtKeap['fields']> {
  const columns = ['Id', 'Name', 'Label', 'DataType'];
  const fields = await keap.query('DataFormField', { FormId: int(form) }, columns, shape.formField);
  return fields.map(({ Id, Name, Label, DataType }) => ({
    id: Id,
    label: Label,
    // The column in its table. Names are given by Keap and cannot be derived from labels.
    name: `_${Name}`,
    type: TYPES[DataType] ?? 'TEXT',
  }));
}
