/** A value as XML-RPC types it. Times are instants: the wire's naive ones are US Eastern. */
export type XmlRpcValue =
  | { type: 'int'; value: number }
  | { type: 'double'; value: number }
  | { type: 'boolean'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'date'; value: number }
  | { type: 'array'; value: readonly XmlRpcValue[] }
  | { type: 'struct'; value: ReadonlyMap<string, XmlRpcValue> }
  | { type: 'base64'; value: Buffer };

export type XmlRpcType = XmlRpcValue['type'];

/** The classes by which Keap's dispatcher tells methods apart, as its faults print them. */
export const javaTypes: Readonly<Record<XmlRpcType, string>> = {
  int: 'java.lang.Integer',
  double: 'java.lang.Double',
  boolean: 'java.lang.Boolean',
  string: 'java.lang.String',
  date: 'java.util.Date',
  array: '[Ljava.lang.Object;',
  struct: 'java.util.Map',
  base64: '[B',
};

export const int = (value: number): XmlRpcValue => ({ type: 'int', value });
export const double = (value: number): XmlRpcValue => ({ type: 'double', value });
export const boolean = (value: boolean): XmlRpcValue => ({ type: 'boolean', value });
export const string = (value: string): XmlRpcValue => ({ type: 'string', value });
export const date = (value: number): XmlRpcValue => ({ type: 'date', value });
export const array = (value: readonly XmlRpcValue[]): XmlRpcValue => ({ type: 'array', value });

/** A struct; members without a value are left out, as Keap leaves null fields out. */
export function struct(members: Readonly<Record<string, XmlRpcValue | undefined>>): XmlRpcValue {
  const value = new Map<string, XmlRpcValue>();
  for (const [name, member] of Object.entries(members)) if (member !== undefined) value.set(name, member);
  return { type: 'struct', value };
}
