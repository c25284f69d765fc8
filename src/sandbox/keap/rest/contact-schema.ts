import { z } from 'zod';
import { customFieldsSchema } from './order-schemas.js';

/** The body of a contact write. Lists replace what is stored; lengths are those of the documentation. */

const text = z.string();

const address = z.strictObject({
  country: text.max(100).optional(),
  line1: text.max(100).optional(),
  line2: text.max(100).optional(),
  locality: text.max(100).optional(),
  region: text.max(50).optional(),
  field: z.enum(['BILLING', 'SHIPPING', 'OTHER']),
  country_code: text.length(3).optional(),
  postal_code: text.max(20).optional(),
  region_code: text.optional(),
  zip_code: text.max(20).optional(),
  zip_four: text.max(10).optional(),
});
export type AddressBody = z.output<typeof address>;

export const contactSchema = z.strictObject({
  given_name: text.max(40).optional(),
  family_name: text.max(40).optional(),
  middle_name: text.max(100).optional(),
  preferred_name: text.max(100).optional(),
  prefix: text.optional(),
  suffix: text.optional(),
  job_title: text.max(255).optional(),
  website: text.max(100).optional(),
  spouse_name: text.max(100).optional(),
  contact_type: text.optional(),
  referral_code: text.optional(),
  time_zone: text.optional(),
  preferred_locale: text.optional(),
  anniversary_date: text.optional(),
  birth_date: text.optional(),
  owner_id: text.optional(),
  leadsource_id: text.optional(),
  source_type: text.optional(),
  assistant_name: text.max(20).optional(),
  assistant_phone: text.max(15).optional(),
  billing_information: text.max(100).optional(),
  company: z.strictObject({ id: text.optional(), company_name: text.optional() }).optional(),
  origin: z.strictObject({ ip_address: text.optional() }).optional(),
  email_addresses: z
    .array(
      z.strictObject({
        email: text.max(100).regex(/^[^@\s]+@[^@\s]+$/),
        field: z.enum(['EMAIL1', 'EMAIL2', 'EMAIL3']),
        opt_in_reason: text.optional(),
      }),
    )
    .optional(),
  phone_numbers: z
    .array(
      z.strictObject({
        number: text.max(40),
        field: z.enum(['PHONE1', 'PHONE2', 'PHONE3', 'PHONE4', 'PHONE5']),
        extension: text.optional(),
        type: text.optional(),
        number_e164: text.optional(),
      }),
    )
    .optional(),
  addresses: z.array(address).optional(),
  custom_fields: customFieldsSchema.optional(),
});
export type ContactBody = z.output<typeof contactSchema>;

export const contactMaskNames: ReadonlySet<string> = new Set(Object.keys(contactSchema.shape));
