import { expect, test } from "vitest";

import { quoteName, splitNames } from "../../../db/rules/database/sql-names";

test.each([
  ["rounds", ".", ["rounds"]],
  ["public.rounds", ".", ["public", "rounds"]],
  ['"a.b"', ".", ["a.b"]],
  ['"my.schema"."a.b"', ".", ["my.schema", "a.b"]],
  ['public."say ""no"""', ".", ["public", 'say "no"']],
  ["guard_id", ",", ["guard_id"]],
  ['id, "A, b", c', ",", ["id", "A, b", "c"]],
] as const)("%s by %s", (text, separator, names) => {
  expect(splitNames(text, separator)).toEqual(names);
});

test("a name that is not plain is quoted, and read back as it was", () => {
  expect(quoteName("guard_id")).toBe("guard_id");
  for (const name of ["A", "a.b", 'say "no"', "1st", "naïve"]) expect(splitNames(quoteName(name), ".")).toEqual([name]);
});
