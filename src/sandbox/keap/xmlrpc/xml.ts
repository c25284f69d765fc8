import { unparsable } from './fault.js';

/** An element with its children, or its text when it has none. */
export interface XmlElement {
  name: string;
  children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the small part of XML that XML-RPC uses. Document types, attributes' values and comments are not kept. */
export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', children: [], text: '' };
  const open: XmlElement[] = [root];
  const token =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z][\w.:-]*)([^<>]*?)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    end = token.lastIndex;
    const [, cdata, closing, name, , selfClosing, text] = match;
    const current = open.at(-1) ?? root;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += decode(text);
    else if (name !== undefined && closing === '/') close(open, name);
    else if (name !== undefined) {
      const element = { name, children: [], text: '' };
      current.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  const [only] = root.children;
  if (end !== source.length) throw unparsable(`unexpected character at ${end}`);
  if (open.length !== 1) throw unparsable(`<${open.at(-1)?.name}> is not closed`);
  if (only === undefined || root.children.length !== 1 || root.text.trim() !== '') {
    throw unparsable('content is not allowed outside one root element');
  }
  return only;
}

function close(open: XmlElement[], name: string): void {
  const element = open.pop();
  if (element === undefined || element.name !== name || open.length === 0) {
    throw unparsable(`</${name}> closes nothing`);
  }
}

function decode(text: string): string {
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const numeric = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name);
    const code = numeric === null ? undefined : Number.parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] ? 16 : 10);
    const decoded = code === undefined ? entities[name] : String.fromCodePoint(code);
    if (decoded === undefined || !whole.endsWith(';')) throw unparsable(`the entity ${whole} is not known`);
    return decoded;
  });
}
