import { allFields, type Fields, fields } from './field-types.js';

export const writableCustomerFields: Fields = fields({
  s: `
    customerNo name attention street street2 street3Province city state zipCode country phone fax email bossBranch
    sector costCenter county area customerType massLevel priceLevel externalId manager pin faxGone residential
    csrBranch extrinsicText1 extrinsicText2 extrinsicText3
  `,
  i: `
    lobId packageCarrierId truckCarrierId weightBreak division restrictionPercent alternateInventory
    extrinsicNumber1 extrinsicNumber2
  `,
  n: 'massFactor extrinsicDecimal1 extrinsicDecimal2',
  t: 'closeDate cycleDate',
});

export const customerFields: Fields = allFields(
  fields({ i: 'id omsCustomerId', t: 'openDate modifyDate', x: 'customFields' }),
  writableCustomerFields,
);
