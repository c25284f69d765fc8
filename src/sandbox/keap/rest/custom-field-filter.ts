import { type CustomField, isDateType, isNumericType } from '../custom-fields.js';
import { type FilterField, numberField, textField, timeField } from './filter.js';

/** Something that carries contents of custom fields, by field id. */
interface Carrier {
  customFields: ReadonlyMap<number, string>;
}

/** How a custom field may be filtered: its type says. */
export function customFieldFilter(field: CustomField): FilterField<Carrier> {
  const content = ({ customFields }: Carrier) => customFields.get(field.id) ?? null;
  if (isNumericType(field.type)) return numberField((item) => numberOf(content(item)), 'ordered');
  if (isDateType(field.type)) return timeField((item) => timeOf(content(item)));
  return textField(content, field.type !== 'YES_NO' && field.type !== 'DRILLDOWN');
}

const numberOf = (content: string | null): number | null => (content === null ? null : Number(content));
const timeOf = (content: string | null): number | null => (content === null ? null : Date.parse(content));
