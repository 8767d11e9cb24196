const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const bracket = 0x5b;
const brace = 0x7b;

/**
 * Whether a JSON document (RFC 8259) holds more values than that. Each begins behind a comma or in a list or object, outside of
 * texts; nothing is built, so a document of many megabytes of `{},` costs no memory.
 */
export function jsonHasMoreValuesThan(json: Uint8Array, most: number): boolean {
  let values = 0;
  let inText = false;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (inText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === comma || byte === bracket || byte === brace) {
      values += 1;
      if (values > most) return true;
    }
  }
  return false;
}
