import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

import type { Page } from "@playwright/test";

import { writePmtiles } from "../support/pmtiles";
import { startSecondConsole } from "../support/second-console";
import { expect, test } from "./console";

const mapIsIdle = (page: Page) => expect(page.locator("[data-map][data-idle]")).toBeVisible({ timeout: 60_000 });

test.slow();

test.beforeEach(async ({ as }) => {
  await as("ops");
});

test("an archive of map tiles is drawn under the shifts, out of the console alone, and says whose it is", async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "basemap-"));
  const path = join(folder, "red.pmtiles");
  const tiles = [0, 1, 2, 3].flatMap((zoom) =>
    Array.from({ length: 4 ** zoom }, (_, at) => ({
      ...{ zoom, x: at % 2 ** zoom, y: Math.floor(at / 2 ** zoom) },
      bytes: onePixel([200, 40, 40]),
    })),
  );
  writeFileSync(path, writePmtiles(tiles, { type: 2, attribution: '<b onclick="alert()">Red & Co</b>' }));
  const second = await startSecondConsole({ BASEMAP_PMTILES: path });
  try {
    const ranges: (string | undefined)[] = [];
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/basemap/archive.pmtiles")) ranges.push(request.headers().range);
      if (!request.url().startsWith(second.url) && !/^(blob|data):/.test(request.url())) {
        foreign.push(request.url());
      }
    });
    await page.goto(`${second.url}/live?map=6/52.50000/9.50000`);
    await mapIsIdle(page);
    expect(ranges.length).toBeGreaterThan(0);
    expect(ranges.every((range) => /^bytes=\d+-\d+$/.test(range ?? ""))).toBe(true);
    expect(foreign).toEqual([]);
    await expect(page.getByText("Red & Co")).toBeVisible();
    expect(await colourAt(page, { x: 0.9, y: 0.3 })).toEqual([200, 40, 40]);
  } finally {
    await second.close();
    rmSync(folder, { recursive: true });
  }
});

test("a style from elsewhere is drawn and may ask its own hosts alone; where it fails the console's own is drawn, and says so", async ({
  page,
}) => {
  const tiles = await listen((_, res) => res.end(onePixel([40, 160, 60])));
  let isAnswering = true;
  const style = await listen((_, res) => {
    res.statusCode = isAnswering ? 200 : 404;
    res.end(
      JSON.stringify({
        version: 8,
        glyphs: "https://glyphs.example.nl/{fontstack}/{range}.pbf",
        sources: {
          green: { type: "raster", tiles: [`${tiles.url}/{z}/{x}/{y}.png`], tileSize: 256, attribution: "Green & Co" },
        },
        layers: [{ id: "green", type: "raster", source: "green" }],
      }),
    );
  });
  const second = await startSecondConsole({ BASEMAP_STYLE_URL: `${style.url}/style.json` });
  try {
    await expect
      .poll(async () => (await page.request.get(`${second.url}/sign-in`)).headers()["content-security-policy"])
      .toContain(`connect-src 'self' ${style.url} ${tiles.url};`);
    await page.goto(`${second.url}/live?map=6/52.50000/9.50000`);
    await mapIsIdle(page);
    await expect(page.getByText("Green & Co")).toBeVisible();
    expect(await colourAt(page, { x: 0.9, y: 0.3 })).toEqual([40, 160, 60]);

    isAnswering = false;
    await page.reload();
    await mapIsIdle(page);
    await expect(
      page.getByText("The basemap that is set up does not answer. This is the console's own."),
    ).toBeVisible();
    await expect(page.getByText("OpenStreetMap contributors")).toBeVisible();
  } finally {
    await second.close();
    style.server.close();
    tiles.server.close();
  }
});

async function listen(answer: Parameters<typeof createServer>[1] & object): Promise<{ url: string; server: Server }> {
  const server = createServer((req, res) => {
    res.setHeader("Access-Control-Allow-Origin", "*");
    res.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Red, green and blue at a place of the map, each side from 0 to 1. */
async function colourAt(page: Page, { x, y }: { x: number; y: number }): Promise<number[]> {
  const box = await page.locator("[data-map]").boundingBox();
  if (!box) throw new Error("there is no map");
  const clip = { x: Math.round(box.x + box.width * x), y: Math.round(box.y + box.height * y), width: 1, height: 1 };
  const picture = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context?.drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, picture);
}

/** A PNG of one pixel. */
function onePixel(colour: [number, number, number]): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(checksum(named));
    return Buffer.concat([size, named, check]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from([0, ...colour]));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** CRC-32 of ISO 3309, as a chunk of a PNG ends with. */
function checksum(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
