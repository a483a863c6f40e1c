import { beforeAll, expect, test } from "vitest";

import { ensureBuild } from "../../support/build";
import { measureFirstLoads } from "../../support/first-load";

const limitBytes = 110 * 1024;

beforeAll(() => ensureBuild(), 600_000);

test("no page asks for more than 110 KiB of script before it acts; the map comes after", () => {
  const pages = measureFirstLoads();
  expect(pages.size).toBeGreaterThan(9);
  expect([...pages].filter(([, bytes]) => bytes > limitBytes)).toEqual([]);
  expect(pages.get("routes/_console.audit")).toBeGreaterThan(50 * 1024);
});
