/**
 * Whether a column goes from one type to another without its values being written anew. Types as `format_type` spells
 * them. What is not known to be the same on disk is taken for a rewrite.
 */
export function keepsValues(from: string, to: string): boolean {
  const [old, wanted] = [takeApart(from), takeApart(to)];
  if (old.base === wanted.base) return widens(old, wanted);
  if (old.base === "cidr" && wanted.base === "inet") return true;
  const [isFree, wasText] = [wanted.lengths.length === 0, old.base === "character varying" || old.base === "text"];
  return wasText && isFree && (wanted.base === "text" || wanted.base === "character varying");
}

type TypeParts = { base: string; lengths: number[] };

const lengthMayGrow = new Set(["character varying", "bit varying", "time", "timestamp", "interval"]);

function widens(old: TypeParts, wanted: TypeParts): boolean {
  if (old.lengths.join() === wanted.lengths.join()) return true;
  const base = wanted.base.replace(/ with(out)? time zone$/, "");
  if (base === "numeric") {
    if (wanted.lengths.length === 0) return true;
    const [precision = 0, scale = 0] = wanted.lengths;
    const [oldPrecision, oldScale = 0] = old.lengths;
    return oldPrecision !== undefined && precision >= oldPrecision && scale === oldScale;
  }
  if (!lengthMayGrow.has(base)) return false;
  const [length] = old.lengths;
  const [wantedLength] = wanted.lengths;
  return wantedLength === undefined || (length !== undefined && wantedLength >= length);
}

/** `timestamp(3) with time zone` is `timestamp with time zone` and 3. */
function takeApart(type: string): TypeParts {
  const lengths = /\(([\d, -]+)\)/.exec(type)?.[1] ?? "";
  return {
    base: type.replace(/\([\d, -]+\)/, ""),
    lengths: lengths === "" ? [] : lengths.split(",").map(Number),
  };
}

const spellings: Record<string, string> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  bpchar: "character",
  varchar: "character varying",
  varbit: "bit varying",
  time: "time without time zone",
  timetz: "time with time zone",
  timestamp: "timestamp without time zone",
  timestamptz: "timestamp with time zone",
};

/** The same spelling for a type as the parser's tree holds it. */
export function spellType(names: readonly string[], lengths: readonly number[], isArray: boolean): string {
  const name = names.at(-1) ?? "";
  const spelled = spellings[name] ?? name;
  const [first = "", ...rest] = spelled.split(" ");
  const isTime = first.startsWith("time");
  const length = lengths.length > 0 ? `(${lengths.join(",")})` : "";
  const written = isTime ? [`${first}${length}`, ...rest].join(" ") : `${spelled}${length}`;
  return isArray ? `${written}[]` : written;
}
