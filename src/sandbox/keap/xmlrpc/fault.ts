/** Fault codes by the name that stands in front of their text. */
export const faultCodes = {
  UnexpectedError: 3,
  RecordNotFound: 5,
  NoTableAccess: 7,
  NoFieldAccess: 8,
  NoTableFound: 9,
  NoFieldFound: 10,
  NoFieldsError: 11,
  InvalidParameter: 12,
  NoAccess: 14,
} as const;

/** Answered with status 200 and a `<fault>`. */
export class XmlRpcFault extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }
}

export function namedFault(name: keyof typeof faultCodes, text: string): XmlRpcFault {
  return new XmlRpcFault(faultCodes[name], `[${name}]${text}`);
}

/** A method that threw: Keap says so with code 0, whether it had done its work or not. */
export function methodFailed(operation: string, cause: string): XmlRpcFault {
  const [service = '', method = ''] = operation.split('.');
  return new XmlRpcFault(
    0,
    `Failed to invoke method ${method} in class com.infusionsoft.api.xmlrpc.XmlRpc${service}: ${cause}`,
  );
}

export function unparsable(why: string): XmlRpcFault {
  return new XmlRpcFault(0, `Failed to parse XML-RPC request: ${why}`);
}
