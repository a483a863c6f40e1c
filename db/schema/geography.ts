import { sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";

/** WGS 84, degrees, longitude before latitude. */
export type Point = { longitude: number; latitude: number };

/** `geography(Point,4326)`: written from a Point, read from the EWKB hex that PostGIS sends. */
export const geographyPoint = customType<{ data: Point; driverData: string }>({
  dataType: () => "geography(Point,4326)",
  toDriver: ({ longitude, latitude }) => sql`ST_SetSRID(ST_MakePoint(${longitude}, ${latitude}), 4326)::geography`,
  fromDriver: (ewkbHex) => {
    const bytes = Buffer.from(ewkbHex, "hex");
    const isLittleEndian = bytes.readUInt8(0) === 1;
    const hasSrid = ((isLittleEndian ? bytes.readUInt32LE(1) : bytes.readUInt32BE(1)) & 0x20000000) !== 0;
    const offset = hasSrid ? 9 : 5;
    const read = (at: number) => (isLittleEndian ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at));
    return { longitude: read(offset), latitude: read(offset + 8) };
  },
});

/** `geometry(Point,3857)`: meters of Web Mercator. Written by PostGIS alone; read as the EWKB hex that it sends. */
export const mercatorPoint = customType<{ data: string }>({ dataType: () => "geometry(Point,3857)" });
