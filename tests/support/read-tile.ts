export type Feature = { kind: "point" | "polygon"; x: number; y: number; properties: Record<string, string | number> };
export type DrawnLayer = { name: string; features: Feature[] };

/** What a vector tile draws: its layers, each feature with where its first point stands in the 4096 units of the tile. */
export function readTile(bytes: Buffer): DrawnLayer[] {
  return fieldsOf(bytes)
    .filter(({ number }) => number === 3)
    .map(({ bytes: layer }) => readLayer(layer));
}

function readLayer(bytes: Buffer): DrawnLayer {
  const fields = fieldsOf(bytes);
  const all = (number: number) => fields.filter((field) => field.number === number).map((field) => field.bytes);
  const keys = all(3).map(String);
  const values = all(4).map(readValue);
  return {
    name: String(all(1)[0]),
    features: all(2).map((feature) => {
      const parts = new Map(fieldsOf(feature).map((field) => [field.number, field]));
      const tags = integersOf(parts.get(2)?.bytes ?? Buffer.alloc(0));
      const geometry = integersOf(parts.get(4)?.bytes ?? Buffer.alloc(0));
      const pairs = Array.from({ length: tags.length / 2 }, (_, at) => [
        keys[tags[2 * at] as number] as string,
        values[tags[2 * at + 1] as number] as string | number,
      ]);
      return {
        kind: parts.get(3)?.integer === 1 ? "point" : "polygon",
        x: signed(geometry[1] as number),
        y: signed(geometry[2] as number),
        properties: Object.fromEntries(pairs),
      };
    }),
  };
}

function readValue(bytes: Buffer): string | number {
  const [{ number, integer, bytes: text } = { number: 0, integer: 0, bytes: Buffer.alloc(0) }] = fieldsOf(bytes);
  if (number === 1) return String(text);
  return number === 6 ? signed(integer) : integer;
}

type Field = { number: number; integer: number; bytes: Buffer };

/** The fields of a protocol buffer: integers, and bytes with their length before them. */
function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, afterTag] = integerAt(bytes, at);
    const [integer, afterInteger] = integerAt(bytes, afterTag);
    const hasBytes = (tag & 7) === 2;
    at = hasBytes ? afterInteger + integer : afterInteger;
    fields.push({ number: tag >>> 3, integer, bytes: hasBytes ? bytes.subarray(afterInteger, at) : Buffer.alloc(0) });
  }
  return fields;
}

function integersOf(bytes: Buffer): number[] {
  const integers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [integer, next] = integerAt(bytes, at);
    integers.push(integer);
    at = next;
  }
  return integers;
}

function integerAt(bytes: Buffer, from: number): [integer: number, next: number] {
  let integer = 0;
  for (let at = from, factor = 1; ; at += 1, factor *= 128) {
    const byte = bytes[at] as number;
    integer += (byte & 127) * factor;
    if (byte < 128) return [integer, at + 1];
  }
}

function signed(integer: number): number {
  return integer % 2 === 0 ? integer / 2 : -(integer + 1) / 2;
}
