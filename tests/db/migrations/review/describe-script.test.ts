import { expect, test } from "vitest";

import { unknownCatalog } from "../../../../db/migrations/review/catalog-facts";
import { describeScript } from "../../../../db/migrations/review/describe-script";
import { readStatements } from "../../../../db/migrations/review/read-statements";

const describe = async (text: string) => describeScript(await readStatements(text), unknownCatalog(15));
const locks = async (text: string) =>
  (await describe(text)).map(({ locks }) => locks.map(({ relation, mode }) => `${mode} ${relation}`));

test("semicolons in strings, in bodies and behind other letters part no statement", async () => {
  const texts = (await describe("-- é;\nselect 'ü;b'; do $$ begin perform 1; end $$;\n\n/* ; */ select 2")).map(
    ({ text }) => text,
  );
  expect(texts).toEqual(["select 'ü;b'", "do $$ begin perform 1; end $$", "select 2"]);
});

test.each([
  ["a language that is not read", "do language plperl $$ 1 $$"],
  ["a block that is not understood", "do $$ begin nonsense nonsense; end $$"],
  ["a text that is put together", "do $$ begin execute 'drop table ' || 'shifts'; end $$"],
  ["a function that is called", "do $$ declare n integer; begin n := refill(); end $$"],
  ["a function in a condition", "do $$ begin if refill() then null; end if; end $$"],
  ["a function that is selected", "select refill()"],
  ["a procedure", "call refill()"],
  ["everything that needs a type", "drop type mood cascade"],
  ["a class that nobody stated", "import foreign schema a from server b into c"],
])("%s is unknown, never nothing", async (_, text) => {
  const [effect] = await describe(text);
  expect(effect).toMatchObject({
    isKnown: false,
    words: expect.stringContaining("What it locks is unknown: treated as ACCESS EXCLUSIVE."),
  });
  expect(effect?.locks.map(({ mode }) => mode)).toContain("ACCESS EXCLUSIVE");
});

test("a table that the script makes itself is locked for nobody", async () => {
  expect(
    await locks(
      "create table a (id integer); alter table a add primary key (id); create index on a (id); drop table a",
    ),
  ).toEqual([[], [], [], []]);
  expect(await locks("create table if not exists a (id integer); create index on a (id)")).toEqual([
    [],
    ["SHARE public.a"],
  ]);
});

test("words say what it does and who waits for how long", async () => {
  const [first, second] = await describe(
    "alter table shifts alter column headcount type bigint; alter table depot.crates validate constraint c",
  );
  expect(first?.words).toBe(
    "Changes column headcount of shifts from its type to bigint: reads and writes of shifts wait while it is written anew.",
  );
  expect(second?.words).toBe("Checks every row of depot.crates against constraint c, while the product goes on.");
});
