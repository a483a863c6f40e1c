import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PMTiles } from "pmtiles";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readBasemapSettings } from "../../../app/http/basemap-settings.server";
import { readStyleHosts } from "../../../app/http/style-hosts.server";
import { startTestConsole, type TestConsole } from "../../support/console";
import { writePmtiles } from "../../support/pmtiles";

const folder = mkdtempSync(join(tmpdir(), "archive-"));
const path = join(folder, "small.pmtiles");
const tiles = [0, 1, 2, 3].map((at) => ({ zoom: 1, x: at % 2, y: at >> 1, bytes: Buffer.from(`tile ${at}`) }));
const archive = writePmtiles(tiles, { type: 2, attribution: "Somebody" });

let console: TestConsole;
let session: string;

beforeAll(async () => {
  writeFileSync(path, archive);
  console = await startTestConsole({ variables: { BASEMAP_PMTILES: path } });
  session = await console.signIn("ops");
}, 600_000);
afterAll(async () => {
  await console?.close();
  rmSync(folder, { recursive: true });
});

const ask = (range?: string, headers: Record<string, string> = {}) =>
  console.ask("/basemap/archive.pmtiles", { session, headers: { ...(range && { Range: range }), ...headers } });

test("the archive is written as the readers of the format read it", async () => {
  const bytes = new Uint8Array(archive);
  const source = {
    getKey: () => "small",
    getBytes: async (at: number, size: number) => ({ data: bytes.slice(at, at + size).buffer }),
  };
  const reader = new PMTiles(source);
  expect(await reader.getHeader()).toMatchObject({ tileType: 2, minZoom: 1, maxZoom: 1, numTileEntries: 4 });
  const tile = await reader.getZxy(1, 1, 1);
  expect(Buffer.from(tile?.data as ArrayBuffer).toString()).toBe("tile 3");
});

test("the archive is served in the ranges that are asked for", async () => {
  const answer = await ask("bytes=0-6");
  expect(answer.status).toBe(206);
  expect(answer.headers.get("content-range")).toBe(`bytes 0-6/${archive.length}`);
  expect(await answer.text()).toBe("PMTiles");
  const end = await ask("bytes=-6");
  expect(Buffer.from(await end.arrayBuffer())).toEqual(archive.subarray(-6));
  expect((await ask()).headers.get("accept-ranges")).toBe("bytes");
});

test("bytes that it does not have are refused, and what is known is not sent again", async () => {
  const beyond = await ask(`bytes=${archive.length}-`);
  expect(beyond.status).toBe(416);
  const etag = (await ask("bytes=0-6")).headers.get("etag") as string;
  expect((await ask(undefined, { "If-None-Match": etag, "Cache-Control": "max-age=0" })).status).toBe(304);
  expect((await ask("bytes=0-6", { "If-Range": '"another"' })).status).toBe(200);
});

test("nobody reads it signed out, and nothing beside it is served", async () => {
  expect((await console.ask("/basemap/archive.pmtiles")).status).toBe(401);
  expect((await console.ask("/basemap/small.pmtiles", { session })).status).toBe(404);
  expect((await console.ask("/basemap/archive.pmtiles%2f..%2fsmall.pmtiles", { session })).status).toBe(404);
  expect(await (await console.ask("/basemap/source", { session })).json()).toEqual({ kind: "archive" });
});

test("settings that name no basemap keep the console from starting, with a sentence", () => {
  const refused = (source: Record<string, string>) => () => readBasemapSettings(source);
  expect(refused({ BASEMAP_PMTILES: join(folder, "none") })).toThrow("names no PMTiles archive of version 3");
  expect(refused({ BASEMAP_PMTILES: import.meta.filename })).toThrow("names no PMTiles archive of version 3");
  expect(refused({ BASEMAP_STYLE_URL: "style.json" })).toThrow("is no address of a style");
  expect(refused({ BASEMAP_PMTILES: path, BASEMAP_STYLE_URL: "https://tiles.example.nl/s" })).toThrow("are both set");
  expect(readBasemapSettings({})).toEqual({ kind: "own" });
});

test("the hosts of a style are those that it and its sources name, and no other", async () => {
  const style = createServer((req, res) => {
    res.setHeader("Content-Type", "application/json");
    if (req.url === "/tiles.json") res.end(JSON.stringify({ tiles: ["https://tiles.example.nl/{z}/{x}/{y}.mvt"] }));
    else if (req.url === "/style.json") {
      res.end(
        JSON.stringify({
          version: 8,
          sprite: "https://sprites.example.nl/all",
          glyphs: "https://glyphs.example.nl/{fontstack}/{range}.pbf",
          sources: {
            streets: { type: "vector", url: "/tiles.json" },
            pictures: { type: "raster", tiles: ["http://pictures.example.nl:8080/{z}/{x}/{y}.png"] },
            places: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
          },
          layers: [{ id: "note", type: "background", metadata: { see: "https://elsewhere.example.nl" } }],
        }),
      );
    } else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => style.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(style.address() as AddressInfo).port}`;
  try {
    expect((await readStyleHosts(new URL(`${origin}/style.json`))).sort()).toEqual([
      origin,
      "http://pictures.example.nl:8080",
      "https://sprites.example.nl",
      "https://tiles.example.nl",
    ]);
    await expect(readStyleHosts(new URL(`${origin}/none`))).rejects.toThrow("404");
  } finally {
    style.close();
  }
});
