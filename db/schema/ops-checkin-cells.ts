import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, primaryKey, smallint, text, timestamp } from "drizzle-orm/pg-core";

/** Check-ins of one hour, or of one day in UTC, in one of the 64 x 64 cells of a map tile, by verdict. */
export const opsCheckinCells = pgTable(
  "ops_checkin_cells",
  {
    hours: smallint("hours").notNull(),
    zoom: smallint("zoom").notNull(),
    tileX: integer("tile_x").notNull(),
    tileY: integer("tile_y").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** Row by row from the north-west: 64 * row + column. */
    cell: smallint("cell").notNull(),
    inside: integer("inside").notNull(),
    outside: integer("outside").notNull(),
    uncertain: integer("uncertain").notNull(),
  },
  (table) => [
    primaryKey({
      name: "ops_checkin_cells_pkey",
      columns: [table.hours, table.zoom, table.tileX, table.tileY, table.at, table.cell],
    }),
    check("valid_hours", sql`${table.hours} = 1 or ${table.hours} = 24`),
    check("valid_cell", sql`${table.cell} between 0 and 4095`),
  ],
);

/** One row: up to which snapshot of the outbox the cells are counted. None before the first count. */
export const opsCheckinCounts = pgTable(
  "ops_checkin_counts",
  {
    id: boolean("id").primaryKey().default(true),
    cursor: text("cursor").notNull(),
    countedAt: timestamp("counted_at", { withTimezone: true }).notNull(),
    rebuiltAt: timestamp("rebuilt_at", { withTimezone: true }).notNull(),
  },
  (table) => [check("only_one", sql`${table.id}`)],
);
