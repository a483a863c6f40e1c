import { expect, test } from "vitest";

import { migrationSteps } from "../../db/migrations/script-run";
import { operations } from "../../db/operations/index";
import { dyingOperations, everyDeath } from "../db/operations/deaths/every-death";
import { readSources } from "./source-files";

test("every operation is killed at each of its steps, and nothing else is", () => {
  expect([...dyingOperations].sort()).toEqual(operations.map(({ id }) => id).sort());
  for (const { operation } of everyDeath) {
    const steps = everyDeath.filter((death) => death.operation === operation).map(({ step }) => step);
    expect(steps).toEqual(expect.arrayContaining(["claimed", ...(operation.failpoints ?? []), "outcome recorded"]));
  }
});

test("each failpoint that an operation names is reached somewhere, and each that is reached is named", () => {
  const reached = [...readSources(/^db\/.*\.ts$/).values()].flatMap((text) =>
    [...text.matchAll(/\.reach\("([^"]+)"\)/g)].map(([, name]) => name),
  );
  const named = operations.flatMap(({ failpoints = [] }) => failpoints);
  expect(new Set([...reached, ...migrationSteps])).toEqual(new Set(named));
});
