import { expect, test } from "vitest";

import { snapshotOf } from "../../db/migrations/draft-migrations";
import { readSnapshot } from "../../db/migrations/generate";
import { securyflexMigrations } from "../../db/migrations/migration-files";
import * as schema from "../../db/schema";

test("the snapshot says what db/schema says; after migrations by hand, npm run db:generate -- --by-hand writes it", () => {
  expect(readSnapshot(securyflexMigrations)).toEqual(JSON.parse(JSON.stringify(snapshotOf(schema))));
});
