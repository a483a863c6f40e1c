import postgres from "postgres";

import type { Sql } from "../../db/connections";
import { densityTile } from "../../db/live/tiles/density-tile";
import { locationsTile } from "../../db/live/tiles/locations-tile";
import { positionsTile } from "../../db/live/tiles/positions-tile";
import type { Tile, TileQuery } from "../../db/live/tiles/tile";

/** One tile as a browser asks for it and as the database is asked. */
export type MixedTile = { name: string; path: string; query: (sql: Sql, asOf: Date) => TileQuery };

/** Around Amsterdam: what an operator's map asks for from the whole country down to a street. */
export const tileMix: readonly MixedTile[] = [
  ...[6, 8, 10, 13].map((zoom) => tile(`positions z${zoom}`, "positions", zoom)),
  ...[6, 10, 13].map((zoom) => tile(`locations z${zoom}`, "locations", zoom)),
  ...[6, 8, 10, 12, 13, 14, 16].map((zoom) => tile(`density 24 h z${zoom}`, "density", zoom, 24)),
  ...[6, 8, 10, 12, 14].map((zoom) => tile(`density 14 d z${zoom}`, "density", zoom, 336)),
];

function tile(name: string, layer: "positions" | "locations" | "density", zoom: number, hours = 24): MixedTile {
  const at: Tile = { zoom, ...placeAt(zoom) };
  const queries = {
    positions: (sql: Sql, asOf: Date) => positionsTile(sql, at, { asOf }),
    locations: (sql: Sql) => locationsTile(sql, at),
    density: (sql: Sql, asOf: Date) => densityTile(sql, at, { hours, asOf }),
  };
  const search = layer === "density" ? `?hours=${hours}` : "";
  return { name, path: `/tiles/${layer}/${zoom}/${at.x}/${at.y}.mvt${search}`, query: queries[layer] };
}

function placeAt(zoom: number): { x: number; y: number } {
  const [longitude, latitude] = [4.9, (52.37 * Math.PI) / 180];
  return {
    x: Math.floor(((longitude + 180) / 360) * 2 ** zoom),
    y: Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * 2 ** zoom),
  };
}

/** The statement of a tile with its values written in, as pgbench prepares it, and the bytes that it brings. */
export async function rawStatement(
  { query }: MixedTile,
  url: string,
  asOf: Date,
): Promise<{ text: string; bytes: number }> {
  const sent: { text: string; values: unknown[] }[] = [];
  const sql = postgres(url, {
    max: 1,
    prepare: false,
    debug: (_, text, values) => void sent.push({ text, values }),
  });
  try {
    const [row] = await query(sql, asOf);
    const { text, values } = sent.at(-1) as (typeof sent)[number];
    const written = text.replaceAll(/\$(\d+)/g, (_, at) => literal(values[Number(at) - 1]));
    return { text: `${written};\n`, bytes: row?.mvt.length ?? 0 };
  } finally {
    await sql.end();
  }
}

/** A word with a colon would be a variable of pgbench. */
function literal(value: unknown): string {
  const word = value instanceof Date ? value.toISOString() : String(value);
  if (/^-?[\d.e+]+$/.test(word)) return word;
  if (/^[tf]/.test(word)) return word.startsWith("t") ? "true" : "false";
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(word)) return `to_timestamp(${Date.parse(word) / 1000})`;
  throw new Error(`No literal is known for ${word}.`);
}
