/** Raw calls against an imitation: no client of ours has a part in its tests. */

const json = { 'content-type': 'application/json' };

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

/** A call as it goes over the wire; a body is said to be JSON, unless the headers say otherwise. */
export async function call(
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...json, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** Calls a control or another part of `/_sandbox`. */
export async function control({ url }: { readonly url: string }, method: string, path: string, body?: unknown) {
  const answer = await call(
    `${url}/_sandbox${path}`,
    method,
    body === undefined ? undefined : JSON.stringify(body),
    {},
  );
  return { status: answer.status, body: JSON.parse(answer.text) };
}
