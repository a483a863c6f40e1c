import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { permissions } from "../../../app/auth/permissions";
import { projectDirectory } from "../../../db/environment";
import { operations } from "../../../db/operations/index";

const folder = join(projectDirectory, "db/operations");

test("each operation is a file of its name, and each file that defines one is in the list", () => {
  for (const { id } of operations) expect(existsSync(join(folder, `${id}.ts`)), id).toBe(true);
  const defining = readdirSync(folder).filter(
    (name) => name.endsWith(".ts") && readFileSync(join(folder, name), "utf8").includes("= defineOperation({"),
  );
  expect(defining.sort()).toEqual(operations.map(({ id }) => `${id}.ts`).sort());
});

test.each(operations.map((operation) => [operation.id, operation] as const))(
  "%s says what it is for, stands in the table of permissions and takes no input that is none",
  (_, { purpose, permission, fields, timeoutSeconds, readInput }) => {
    expect(purpose).toMatch(/\.$/);
    expect(permissions[permission].length).toBeGreaterThan(0);
    expect(fields.length).toBeGreaterThan(0);
    expect(timeoutSeconds).toBeGreaterThan(0);
    for (const bad of ["", "\n", "x".repeat(500)])
      expect(readInput(Object.fromEntries(fields.map(({ name }) => [name, bad])))).toHaveProperty("complaint");
  },
);
