import { expect, test } from "vitest";

import { maskStatement } from "../../../db/rules/database/mask-statement";

test.each([
  ["select * from guards where name = 'Anouk' and id = 17", "select * from guards where name = … and id = …"],
  ["alter role app password 'hush'", "alter role app password …"],
  ["select 'it''s', E'it\\'s', U&'d\\0061t', 1.5e-3, .5, -7", "select …, …, …, …, …, -…"],
  ["do $$ begin perform 'a'; end $$ language plpgsql", "do … language plpgsql"],
  ["select $tag$ it's $$ here $tag$, 'b'", "select …, …"],
  [
    "select a1, t2.c3, \"Col 4\" from x where y = $1 and z = 'q'",
    'select a1, t2.c3, "Col 4" from x where y = $1 and z = …',
  ],
  ["select 1 -- for Anouk\n, /* her 'key' */ 'a'", "select … \n,  …"],
])("%s shows no literal", (text, masked) => {
  expect(maskStatement(text)).toBe(masked);
});

test("nothing shows where the text was cut off inside a literal or a comment", () => {
  const whole = "select 'Anouk Jansen', $$Anouk Jansen$$, E'Anouk\\' Jansen' /* Anouk Jansen */ -- Anouk Jansen";
  for (let end = 0; end <= whole.length; end++) {
    expect(maskStatement(whole.slice(0, end))).not.toMatch(/Anou|Jans/);
  }
});
