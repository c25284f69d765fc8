/** Every member that a request may have, as the documentation mostly writes it. */
const knownNames = [
  ...['warehouseCode', 'primaryReference', 'secondaryReference', 'shipToAddress', 'requiredShipDate', 'orderLines'],
  ...['additionalReferences', 'note', 'transportDetail', 'rateGroup', 'forwardingData', 'incoTerm'],
  ...['address', 'contact', 'organization', 'addressLine1', 'addressLine2', 'country', 'state', 'city', 'postalCode'],
  ...['isResidential', 'personName', 'phoneNumber', 'mobileNumber', 'faxNumber', 'emailAddress'],
  ...['externalLineReference', 'productCode', 'quantity', 'quantityUnit', 'lineAttributes', 'lineCustomAttributes'],
  ...['partAttributes', 'key', 'value', 'carrierCode', 'serviceLevelCode'],
  ...['productDescription', 'productUnit', 'unitPrice', 'unitPriceCurrency', 'dimHeight', 'dimWidth', 'dimDepth'],
  ...['dimUnit', 'weightPerProduct', 'weightPerProductUnit', 'clientProductCode', 'clientProductDescription'],
  ...['clientProductUnit', 'pickMode', 'productAttributes', 'requiredForWarehouseRelease', 'requiredForRfConfirmation'],
];

const byLowerCase = new Map(knownNames.map((name) => [name.toLowerCase(), name]));

/**
 * The same data with every member that is known under its camelCase name. The documentation writes requests in
 * camelCase, in PascalCase and in a mixture.
 */
export function withKnownNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKnownNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      byLowerCase.get(name.toLowerCase()) ?? name,
      withKnownNames(member),
    ]),
  );
}

/** A query parameter, in whatever letter case it came. */
export function queryValue(query: URLSearchParams, name: string): string | null {
  for (const [each, value] of query) if (each.toLowerCase() === name.toLowerCase()) return value;
  return null;
}
