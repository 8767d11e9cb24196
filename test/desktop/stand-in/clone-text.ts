// Values as `structuredClone` takes them, as text: in Node, and in the page, where this file is put with its types taken out (so it imports
// nothing). Values that hold themselves are refused.

type Tagged = readonly [tag: string, ...parts: unknown[]];

const bytesToText = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
};

const textToBytes = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

const arrays = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array };

function tag(value: unknown, within: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : `${value}`];
    case 'undefined':
      return ['undefined'];
    case 'bigint':
      return ['bigint', `${value}`];
    case 'object':
      break;
    default:
      throw new TypeError('This value cannot be cloned.');
  }
  if (value === null) return null;
  if (within.includes(value)) throw new TypeError('A value that holds itself is not carried by the stand-in.');
  const inner = [...within, value];
  if (Array.isArray(value)) return ['array', ...value.map((item) => tag(item, inner))];
  if (value instanceof Date) return ['date', value.getTime()];
  if (value instanceof RegExp) return ['expression', value.source, value.flags];
  if (value instanceof Map) return ['map', ...[...value].map(([key, item]) => [tag(key, inner), tag(item, inner)])];
  if (value instanceof Set) return ['set', ...[...value].map((item) => tag(item, inner))];
  if (value instanceof Error) return ['error', value.name, value.message];
  if (value instanceof ArrayBuffer) return ['buffer', bytesToText(new Uint8Array(value))];
  if (ArrayBuffer.isView(value)) {
    const name = Object.prototype.toString.call(value).slice(8, -1);
    return ['bytes', name, bytesToText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
  }
  return ['object', ...Object.entries(value).map(([key, item]) => [key, tag(item, inner)])];
}

function untag(tagged: unknown): unknown {
  if (!Array.isArray(tagged)) return tagged;
  const [kind, ...parts] = tagged as unknown as Tagged;
  switch (kind) {
    case 'array':
      return parts.map((part) => untag(part));
    case 'object':
      return Object.fromEntries((parts as [string, unknown][]).map(([key, item]) => [key, untag(item)]));
    case 'undefined':
      return undefined;
    case 'number':
      return Number(parts[0]);
    case 'bigint':
      return BigInt(parts[0] as string);
    case 'date':
      return new Date(parts[0] as number);
    case 'expression':
      return new RegExp(parts[0] as string, parts[1] as string);
    case 'map':
      return new Map((parts as [unknown, unknown][]).map(([key, item]) => [untag(key), untag(item)]));
    case 'set':
      return new Set(parts.map((part) => untag(part)));
    case 'error':
      return Object.assign(new Error(parts[1] as string), { name: parts[0] });
    case 'buffer':
      return textToBytes(parts[0] as string).buffer;
    case 'bytes': {
      const make = arrays[parts[0] as keyof typeof arrays];
      return new make(textToBytes(parts[1] as string).buffer);
    }
    default:
      throw new TypeError(`There is no kind of value "${kind}".`);
  }
}

/** Throws where the value cannot be cloned. */
export const toText = (value: unknown): string => JSON.stringify(tag(structuredClone(value), []));

export const fromText = (text: string): unknown => untag(JSON.parse(text));
