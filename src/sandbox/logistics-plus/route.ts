import type { RestRequest, RestRoute } from '../rest-api.js';
import type { Tenant } from './tenant.js';

export interface ApiRequest extends RestRequest {
  tenant: Tenant;
  /** Whose orders these are. */
  organization: string;
}

export type ApiRoute = RestRoute<ApiRequest>;
