import { expect, test } from "vitest";

import { listBorderViolations } from "./borders";
import { readSources } from "./source-files";

const sources = readSources(/^(app|db)\/.*\.tsx?$/);

test("every import of the house respects its borders", () => {
  expect(sources.size).toBeGreaterThan(30);
  expect(listBorderViolations(sources)).toEqual([]);
});

test.each([
  ["db/live/list.ts", `import { rooms } from "../../app/auth/rooms";`, "db/ knows no web"],
  ["app/live/list.tsx", `import { securyflex } from "../../db/connections";`, "only *.server.ts"],
  ["app/live/list.tsx", `const db = await import("../../db/connections");`, "only *.server.ts"],
  ["app/live/list.tsx", `export { securyflex } from "../../db/connections";`, "only *.server.ts"],
  ["app/live/list.tsx", `import { type Database, securyflex } from "../../db/connections";`, "only *.server.ts"],
  ["app/live/map.tsx", `import { table } from "~/shifts/table";`, "rooms meet in routes"],
  ["app/ui/table.tsx", `import { map } from "~/live/map";`, "furniture knows no room"],
  ["app/auth/require.server.ts", `import { map } from "~/live/map";`, "rooms meet in routes"],
  ["app/live/map.tsx", `import { loader } from "~/routes/_console.live";`, "routes are doors"],
  ["db/rules/live/state.ts", `import { shifts } from "../../schema";`, "stand on nothing but rules"],
  ["db/rules/live/state.ts", `import { sql } from "drizzle-orm";`, "stand on nothing but rules"],
  ["db/panel.ts", `import { clone } from "../tests/support/databases";`, "does not know its tests"],
])("a planted violation in %s is found: %s", (path, text, reason) => {
  expect(listBorderViolations(new Map([[path, text]]))).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ["app/live/list.server.ts", `import { securyflex } from "../../db/connections";`],
  ["app/live/list.tsx", `import type { Database } from "../../db/connections";`],
  ["app/live/list.tsx", `import { type Database } from "../../db/connections";`],
  ["app/routes/_console.live.tsx", `import { map } from "~/live/map"; import { table } from "~/shifts/table";`],
  [
    "app/plain-routes.server.ts",
    `import { stream } from "./live/stream.server"; import { csv } from "./shifts/csv.server";`,
  ],
  ["app/live/list.tsx", `import { judgeCheckin } from "../../db/rules/live/verdict";`],
  ["db/live/list.ts", `import { judgeCheckin } from "../rules/live/verdict";`],
  ["app/live/list.tsx", `import { rooms } from "~/auth/rooms"; import { Page } from "~/ui/page";`],
])("an allowed import in %s passes", (path, text) => {
  expect(listBorderViolations(new Map([[path, text]]))).toEqual([]);
});
