import type { RestRequest, RestRoute } from '../rest-api.js';
import type { Site } from './site.js';

export interface ApiRequest extends RestRequest {
  site: Site;
  /** Whose key it came with. */
  user: string;
}

export type ApiRoute = RestRoute<ApiRequest>;
