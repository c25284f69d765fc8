import { namedFault } from './fault.js';

export type FieldKind = 'Id' | 'Integer' | 'Double' | 'String' | 'Date' | 'DateTime' | 'Boolean';
/** Edit, add, delete, read. */
export type Access = 'E' | 'A' | 'D' | 'R';

export interface TableField {
  name: string;
  kind: FieldKind;
  access: string;
}

export interface TableSchema {
  name: string;
  access: string;
  fields: ReadonlyMap<string, TableField>;
}

/** Keap's published access list: `Name:Kind`, with an access of its own where it differs from the table's. */
const published: Readonly<Record<string, readonly [access: string, fields: string]>> = {
  Job: [
    'EAR',
    'Id:Id:R JobTitle:String ContactId:Id StartDate:Date DueDate:Date JobNotes:String ProductId:Id JobStatus:String ' +
      'DateCreated:DateTime:R JobRecurringId:Id:R OrderType:String OrderStatus:Integer ShipFirstName:String ' +
      'ShipMiddleName:String ShipLastName:String ShipCompany:String ShipPhone:String ShipStreet1:String ' +
      'ShipStreet2:String ShipCity:String ShipState:String ShipZip:String ShipCountry:String LastUpdated:DateTime:R',
  ],
  Invoice: [
    'R',
    'Id:Id ContactId:Id JobId:Id DateCreated:DateTime InvoiceTotal:Double TotalPaid:Double TotalDue:Double ' +
      'PayStatus:Integer CreditStatus:Integer RefundStatus:Integer PayPlanStatus:Integer AffiliateId:Id ' +
      'LeadAffiliateId:Id PromoCode:String InvoiceType:String Description:String ProductSold:String Synced:Integer ' +
      'LastUpdated:DateTime',
  ],
  InvoiceItem: [
    'EAR',
    'Id:Id:R InvoiceId:Id OrderItemId:Id:R InvoiceAmt:Double Discount:Double DateCreated:DateTime:R ' +
      'Description:String CommissionStatus:Integer',
  ],
  OrderItem: [
    'EAR',
    'Id:Id:R OrderId:Id ProductId:Id SubscriptionPlanId:Id ItemName:String Qty:Integer CPU:Double PPU:Double ' +
      'ItemDescription:String ItemType:Integer Notes:String',
  ],
  InvoicePayment: [
    'R',
    'Id:Id InvoiceId:Id Amt:Double PayDate:Date PayStatus:String PaymentId:Id SkipCommission:Integer',
  ],
  Payment: [
    'R',
    'Id:Id PayDate:Date UserId:Id PayAmt:Double PayType:String ContactId:Id PayNote:String InvoiceId:Id RefundId:Id ' +
      'ChargeId:Id Commission:Integer Synced:Integer',
  ],
  CCharge: [
    'R',
    'Id:Id CCId:Id PaymentId:Id MerchantId:Id OrderNum:String RefNum:String ApprCode:String Amt:Double ' +
      'PaymentGatewayId:Id',
  ],
  PayPlan: [
    'R',
    'Id:Id InvoiceId:Id DateDue:Date AmtDue:Double Type:Integer InitDate:Date StartDate:Date FirstPayAmt:Double',
  ],
  PayPlanItem: ['R', 'Id:Id PayPlanId:Id DateDue:Date AmtDue:Double Status:Integer AmtPaid:Double'],
  RecurringOrder: [
    'EAR',
    'Id:Id:R ContactId:Id OriginatingOrderId:Id:R ProgramId:Id SubscriptionPlanId:Id ProductId:Id StartDate:Date ' +
      'EndDate:Date LastBillDate:Date NextBillDate:Date:R PaidThruDate:Date BillingCycle:String Frequency:Integer ' +
      'BillingAmt:Double Status:String ReasonStopped:String AutoCharge:Integer CC1:Id CC2:Id ' +
      'NumDaysBetweenRetry:Integer MaxRetry:Integer MerchantAccountId:Id AffiliateId:Id LeadAffiliateId:Id ' +
      'PromoCode:String Qty:Integer ShippingOptionId:Integer',
  ],
  SubscriptionPlan: [
    'EAR',
    'Id:Id:R ProductId:Id Cycle:String Frequency:Integer PreAuthorizeAmount:Double Prorate:Boolean Active:Boolean ' +
      'PlanPrice:Double NumberOfCycles:Integer',
  ],
  Product: [
    'EAR',
    'Id:Id:R ProductName:String ProductPrice:Double Sku:String ShortDescription:String Taxable:Integer ' +
      'CountryTaxable:Integer StateTaxable:Integer CityTaxable:Integer Weight:Double IsPackage:Integer ' +
      'NeedsDigitalDelivery:Integer Description:String HideInStore:Integer Status:Integer TopHTML:String ' +
      'BottomHTML:String ShippingTime:String LargeImage:String InventoryNotifiee:String InventoryLimit:Integer ' +
      'Shippable:Integer',
  ],
  CreditCard: [
    'EAR',
    'Id:Id:R ContactId:Id:AR BillName:String FirstName:String LastName:String PhoneNumber:String Email:String ' +
      'BillAddress1:String BillAddress2:String BillCity:String BillState:String BillZip:String BillCountry:String ' +
      'ShipFirstName:String ShipMiddleName:String ShipLastName:String ShipCompanyName:String ShipPhoneNumber:String ' +
      'ShipAddress1:String ShipAddress2:String ShipCity:String ShipState:String ShipZip:String ShipCountry:String ' +
      'ShipName:String NameOnCard:String CardNumber:String:A Last4:String:R ExpirationMonth:String ' +
      'ExpirationYear:String CVV2:String:EA Status:Integer:R CardType:String StartDateMonth:String ' +
      'StartDateYear:String MaestroIssueNumber:String',
  ],
  Contact: [
    'EDAR',
    'Id:Id:R Address1Type:String Address2Street1:String Address2Street2:String Address2Type:String ' +
      'Address3Street1:String Address3Street2:String Address3Type:String Anniversary:Date AssistantName:String ' +
      'AssistantPhone:String BillingInformation:String Birthday:Date City:String City2:String City3:String ' +
      'Company:String AccountId:Id CompanyID:Id ContactNotes:String ContactType:String Country:String Country2:String ' +
      'Country3:String CreatedBy:Id:R DateCreated:DateTime:R Email:String EmailAddress2:String EmailAddress3:String ' +
      'Fax1:String Fax1Type:String Fax2:String Fax2Type:String FirstName:String Groups:String:R JobTitle:String ' +
      'LastName:String LastUpdated:DateTime:R LastUpdatedBy:Id:R Leadsource:String LeadSourceId:Id MiddleName:String ' +
      'Nickname:String OwnerID:Id Password:String Phone1:String Phone1Ext:String Phone1Type:String Phone2:String ' +
      'Phone2Ext:String Phone2Type:String Phone3:String Phone3Ext:String Phone3Type:String Phone4:String ' +
      'Phone4Ext:String Phone4Type:String Phone5:String Phone5Ext:String Phone5Type:String PostalCode:String ' +
      'PostalCode2:String PostalCode3:String ReferralCode:String SpouseName:String State:String State2:String ' +
      'State3:String StreetAddress1:String StreetAddress2:String Suffix:String Title:String Username:String ' +
      'Validated:String:R Website:String ZipFour1:String ZipFour2:String ZipFour3:String',
  ],
  DataFormTab: ['R', 'Id:Id FormId:Id TabName:String'],
  DataFormGroup: ['R', 'Id:Id TabId:Id Name:String'],
  DataFormField: [
    'ER',
    'DataType:Integer:R Id:Id:R FormId:Id:R GroupId:Id Name:String Label:String DefaultValue:String Values:String ' +
      'ListRows:Integer',
  ],
};

export const tableSchemas: ReadonlyMap<string, TableSchema> = new Map(
  Object.entries(published).map(([name, [access, fields]]) => [
    name,
    { name, access, fields: parseFields(fields, access) },
  ]),
);

function parseFields(text: string, tableAccess: string): ReadonlyMap<string, TableField> {
  return new Map(
    text.split(' ').map((entry) => {
      const [name = '', kind = '', access = tableAccess] = entry.split(':');
      return [name, { name, kind: kind as FieldKind, access }];
    }),
  );
}

/** The table, when it may be used in this way. Names are case-sensitive. */
export function tableFor(name: string, access: Access): TableSchema {
  const table = tableSchemas.get(name);
  if (table === undefined) throw namedFault('NoTableFound', `No table found: ${name}`);
  if (!table.access.includes(access)) throw namedFault('NoTableAccess', `Access denied to table ${name}`);
  return table;
}
