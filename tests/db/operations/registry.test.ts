import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { permissions } from "../../../app/auth/permissions";
import { projectDirectory } from "../../../db/environment";
import { risks } from "../../../db/operation";
import { operations } from "../../../db/operations/index";
import { judgeConfirmation, passwordHoldsSeconds } from "../../../db/operations/runs/request-run";

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

const asOf = new Date("2026-11-23T12:00:00Z");
const secondsBefore = (seconds: number) => new Date(asOf.getTime() - seconds * 1000);
const typed = { digest: "", typedTarget: "shift:1", reason: "a test" };
const confirmations = {
  nothing: { digest: "" },
  "the target": { digest: "", typedTarget: "shift:1" },
  "target and reason": typed,
  "and a password that is too old": { ...typed, passwordAt: secondsBefore(passwordHoldsSeconds + 1) },
  "and a password of the future": { ...typed, passwordAt: secondsBefore(-1) },
  "and a password that just holds": { ...typed, passwordAt: secondsBefore(passwordHoldsSeconds) },
  "a password for another target": { ...typed, typedTarget: "shift:2", passwordAt: asOf },
};
const enough: Record<(typeof risks)[number], string[]> = {
  low: Object.keys(confirmations),
  medium: Object.keys(confirmations).filter((name) => /reason|and a/.test(name)),
  high: ["and a password that just holds"],
  critical: ["and a password that just holds"],
};

test.each(risks)("what is enough to confirm an operation of risk %s", (risk) => {
  const taken = Object.entries(confirmations).filter(
    ([, given]) => judgeConfirmation({ plan: { target: "shift:1" }, risk }, given, asOf) === undefined,
  );
  expect(taken.map(([name]) => name)).toEqual(enough[risk]);
});
