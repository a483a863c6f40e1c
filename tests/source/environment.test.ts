import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { projectDirectory } from "../../db/environment";
import { listInterpolated, listVariablesOfCode, listVariablesOfExample } from "./environment-names";
import { readSources } from "./source-files";

const read = (path: string) => readFileSync(join(projectDirectory, path), "utf8");

test(".env.example names the variables that the product and the compose file read, and no other", () => {
  const code = listVariablesOfCode(readSources(/^(app|db)\/.*\.(tsx?|mjs)$/));
  expect(code).toContain("DATABASE_URL");
  const wanted = [...new Set([...code, ...listInterpolated(read("docker-compose.yml"))])].sort();
  expect(listVariablesOfExample(read(".env.example"))).toEqual(wanted);
});

test("a variable that is read in any of the three ways is found", () => {
  const files = new Map([["a.ts", "process.env.FIRST\n source.SECOND_ONE\n  THIRD: z.string(),"]]);
  expect(listVariablesOfCode(files)).toEqual(["FIRST", "SECOND_ONE", "THIRD"]);
});

test("every value of .env.example is commented out", () => {
  expect(
    read(".env.example")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#")),
  ).toEqual([]);
});
