import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import type { Request, Response } from "express";

import type { SignedInAnswer } from "~/http/plain-answers.server";
import { refuse } from "~/http/refusal.server";
import { type Sql, securyflexTiles } from "../../db/connections";
import { densityTile } from "../../db/live/tiles/density-tile";
import { locationsTile } from "../../db/live/tiles/locations-tile";
import { positionsTile } from "../../db/live/tiles/positions-tile";
import { deepestZoom, type Tile, type TileQuery } from "../../db/live/tiles/tile";
import { longestDensityHours } from "../../db/rules/live/density-window";

type Layer = {
  /** The map asks again after this long; meanwhile it draws what it has. */
  freshSeconds: number;
  query: (sql: Sql, tile: Tile, asked: { asOf: Date; hours: number }) => TileQuery;
};

const layers: Record<string, Layer> = {
  positions: { freshSeconds: 10, query: positionsTile },
  locations: { freshSeconds: 600, query: locationsTile },
  density: { freshSeconds: 60, query: densityTile },
};

const compress = promisify(gzip);
/** Less than a packet gains nothing. */
const compressFromBytes = 1_400;

/** The dense layers of the map as vector tiles, straight from PostGIS. `hours` is the window of `density`. */
export const tileAnswer: SignedInAnswer = {
  path: "/tiles/:layer/:zoom/:x/:y.mvt",
  permission: "live.read",
  answer: async (req, res) => {
    const layer = Object.hasOwn(layers, req.params.layer ?? "") ? layers[req.params.layer as string] : undefined;
    if (!layer) {
      const message = `The map has the layers ${Object.keys(layers).join(", ")}.`;
      return refuse(req, res, { status: 404, title: "There is no such layer", message });
    }
    const tile = readTile(req.params);
    const hours = readHours(req.query.hours);
    if (!tile || hours === undefined) {
      const title = tile ? "No such window" : "No such tile";
      return refuse(req, res, { status: 400, title, message: tile ? hoursRule : tileRule });
    }
    const bytes = await unlessGone(res, layer.query(securyflexTiles(), tile, { asOf: new Date(), hours }));
    if (bytes) await send(req, res, bytes, layer.freshSeconds);
  },
};

const tileRule = `A tile is named by its zoom, 0 to ${deepestZoom}, and by a column and a row that this zoom has.`;
const hoursRule = `The window is a whole number of hours, 1 to ${longestDensityHours}.`;

function readTile({ zoom = "", x = "", y = "" }: Record<string, string | undefined>): Tile | undefined {
  if (![zoom, x, y].every((word) => /^(0|[1-9]\d{0,6})$/.test(word))) return undefined;
  const tile = { zoom: Number(zoom), x: Number(x), y: Number(y) };
  const width = 2 ** tile.zoom;
  return tile.zoom <= deepestZoom && tile.x < width && tile.y < width ? tile : undefined;
}

function readHours(word: unknown): number | undefined {
  if (word === undefined) return 24;
  if (typeof word !== "string" || !/^[1-9]\d{0,3}$/.test(word) || Number(word) > longestDensityHours) return undefined;
  return Number(word);
}

/** What the query brings; undefined, and the query cancelled in the database, once the client has gone. */
async function unlessGone(res: Response, query: TileQuery): Promise<Buffer | undefined> {
  let isGone = res.destroyed;
  const leave = () => {
    isGone = true;
    query.cancel();
  };
  if (isGone) return undefined;
  res.once("close", leave);
  try {
    const [row] = await query;
    return row?.mvt;
  } catch (error) {
    if (isGone) return undefined;
    throw error;
  } finally {
    res.off("close", leave);
  }
}

/**
 * The tag is that of the bytes: the database is asked each time, and what did not change is not sent again. A cursor
 * would change with every check-in of the country.
 */
async function send(req: Request, res: Response, bytes: Buffer, freshSeconds: number): Promise<void> {
  res.setHeader("Content-Type", "application/vnd.mapbox-vector-tile");
  res.setHeader("Cache-Control", `private, max-age=${freshSeconds}`);
  res.setHeader("ETag", `W/"${createHash("sha1").update(bytes).digest("base64url")}"`);
  res.vary("Accept-Encoding");
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const isCompressed = bytes.length >= compressFromBytes && req.acceptsEncodings("gzip") === "gzip";
  // The middleware leaves alone what says how it is encoded.
  res.setHeader("Content-Encoding", isCompressed ? "gzip" : "identity");
  const body = isCompressed ? await compress(bytes, { level: 1 }) : bytes;
  res.setHeader("Content-Length", body.length);
  res.end(req.method === "HEAD" ? undefined : body);
}
