import { expect, test } from "vitest";

import { permissions } from "../../app/auth/permissions";
import { listDoors } from "./doors";
import { readSources } from "./source-files";

const routes = readSources(/^app\/routes\/.*\.tsx?$/);

test("each loader and action names its guard in the first line, and the guard is in the table of permissions", () => {
  expect(routes.size).toBeGreaterThan(5);
  const open = [...routes].flatMap(([path, text]) =>
    listDoors(path, text)
      .filter(({ guard }) => !guard || (guard.includes(".") && !(guard in permissions)))
      .map((door) => `${path} ${door.export}: ${door.guard}`),
  );
  expect(open).toEqual([]);
});

test("each page of the console has a loader of its own, since a layout's guard protects nothing", () => {
  const unguarded = [...routes]
    .filter(([path]) => path.includes("/_console."))
    .filter(([path, text]) => !listDoors(path, text).some((door) => door.export === "loader"))
    .map(([path]) => path);
  expect(unguarded).toEqual([]);
});

test.each([
  [
    "a guard in the second line",
    `export async function loader({ request }) { const x = 1; await requirePermission(request, "live.read"); }`,
  ],
  ["no guard", `export async function action() { return null; }`],
  [
    "a guard that is not awaited",
    `export async function loader({ request }) { requirePermission(request, "live.read"); }`,
  ],
  [
    "a permission that is computed",
    `export async function loader({ request }) { await requirePermission(request, name); }`,
  ],
  ["an arrow function", `export const loader = async () => null;`],
  ["a loader from elsewhere", `export { loader } from "~/live/load.server";`],
])("%s is found", (_, text) => {
  expect(listDoors("app/routes/x.tsx", text)).toEqual([expect.objectContaining({ guard: undefined })]);
});

test("a guarded loader is read as its permission", () => {
  const text = `export async function loader({ request }) { const { staff } = await requirePermission(request, "live.read"); return staff; }`;
  expect(listDoors("app/routes/x.tsx", text)).toEqual([{ export: "loader", guard: "live.read" }]);
});
