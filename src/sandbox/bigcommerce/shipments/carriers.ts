/** Names of the providers that the platform knows; `carrier_<id>` are those of connected apps. */
const providers: Readonly<Record<string, string>> = {
  ...{ auspost: 'Australia Post', canadapost: 'Canada Post', endicia: 'Endicia', usps: 'USPS', fedex: 'FedEx' },
  ...{ royalmail: 'Royal Mail', ups: 'UPS', upsready: 'UPS® Ready', upsonline: 'UPS® Online', shipperhq: 'ShipperHQ' },
};

export const isProvider = (name: string): boolean => name === '' || name in providers || /^carrier_\d+$/.test(name);

export const providerName = (name: string): string => providers[name] ?? '';

/** Slugs of couriers are lower-case words with dashes. */
export const isCourier = (slug: string): boolean => /^[a-z0-9-]*$/.test(slug);
