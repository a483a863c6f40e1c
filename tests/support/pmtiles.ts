import { zxyToTileId } from "pmtiles";

export type ArchivedTile = { zoom: number; x: number; y: number; bytes: Buffer };

const headerBytes = 127;
const none = 1;

/** A PMTiles archive of version 3 with few tiles, nothing compressed. `type`: 1 vector, 2 PNG. */
export function writePmtiles(
  tiles: ArchivedTile[],
  { type, attribution }: { type: 1 | 2; attribution: string },
): Buffer {
  const ordered = tiles
    .map((tile) => ({ ...tile, id: zxyToTileId(tile.zoom, tile.x, tile.y) }))
    .sort((one, other) => one.id - other.id);
  const directory = Buffer.from([
    ...integer(ordered.length),
    ...ordered.flatMap(({ id }, index) => integer(id - (ordered[index - 1]?.id ?? 0))),
    ...ordered.flatMap(() => integer(1)),
    ...ordered.flatMap(({ bytes }) => integer(bytes.length)),
    ...ordered.flatMap((_, index) => integer(index === 0 ? 1 : 0)),
  ]);
  const metadata = Buffer.from(JSON.stringify({ attribution }));
  const content = Buffer.concat(ordered.map(({ bytes }) => bytes));
  const header = Buffer.alloc(headerBytes);
  header.write("PMTiles", "latin1");
  header[7] = 3;
  const sections = [directory.length, metadata.length, 0, content.length];
  let offset = headerBytes;
  sections.forEach((sizeBytes, index) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + index * 16);
    header.writeBigUInt64LE(BigInt(sizeBytes), 16 + index * 16);
    offset += sizeBytes;
  });
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(BigInt(ordered.length), at);
  const zooms = ordered.map(({ zoom }) => zoom);
  header.set([1, none, none, type, Math.min(...zooms), Math.max(...zooms)], 96);
  for (const [index, degrees] of [-180, -85, 180, 85].entries()) {
    header.writeInt32LE(degrees * 10_000_000, 102 + index * 4);
  }
  return Buffer.concat([header, directory, metadata, content]);
}

function integer(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...integer(Math.floor(value / 128))];
}
