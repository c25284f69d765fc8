import type { FlxpointOrder } from '../../workflows/flxpoint/input.js';
import type { Connection } from '../connection.js';
import { may, whyNot } from './rights.js';
import { settingsOf } from './settings.js';

/** All that the token of this connection may not do for an order, one sentence each. Empty: it can be carried. */
export function check(connection: Connection, { lines, include = [] }: FlxpointOrder): string[] {
  const settings = settingsOf(connection);
  if (!may(settings, 'orders.addItem')) return [whyNot(settings, 'orders.addItem')];
  const products = may(settings, 'productVariants.list')
    ? []
    : lines.flatMap(({ productVariantId }, index) =>
        productVariantId === undefined
          ? []
          : [`lines[${index}].productVariantId: ${whyNot(settings, 'productVariants.list')}`],
      );
  const invoices = include.includes('invoices') && !may(settings, 'sourceInvoices.list');
  return [...products, ...(invoices ? [`include: ${whyNot(settings, 'sourceInvoices.list')}`] : [])];
}
