import { expect, test } from "vitest";

import { createFailureLog, describeFailure } from "../../../app/http/failure-log.server";

function logAt(clock: { seconds: number }) {
  const lines: Record<string, unknown>[] = [];
  const log = createFailureLog(
    (line) => lines.push(JSON.parse(line)),
    () => clock.seconds * 1000,
  );
  return { lines, log };
}

test("a failed query is told by its cause, without the parameters", () => {
  const cause = Object.assign(new Error('relation "shift" does not exist'), { code: "42P01" });
  const error = new Error("Failed query: select * from shift where email = $1\nparams: anna@example.nl", { cause });
  expect(describeFailure(error)).toMatchObject({ message: 'relation "shift" does not exist', code: "42P01" });
  expect(JSON.stringify(describeFailure(new Error(error.message)))).not.toContain("anna");
});

test("a password in an address is not written", () => {
  const { message } = describeFailure(new Error("cannot reach postgres://console:hunter2@db:5432/x"));
  expect(message).toBe("cannot reach postgres://***@db:5432/x");
});

test("the same failure stands once in ten seconds, with the number that was held back", () => {
  const clock = { seconds: 0 };
  const { lines, log } = logAt(clock);
  const fail = () => log(new Error("boom"), { requestId: "r-1", url: "http://console/live?token=secret" });
  for (let times = 0; times < 100; times++) fail();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ requestId: "r-1", path: "/live", message: "boom" });
  expect(JSON.stringify(lines)).not.toContain("secret");

  clock.seconds = 11;
  fail();
  expect(lines[1]).toMatchObject({ heldBack: 99 });
});

test("another failure is written at once", () => {
  const { lines, log } = logAt({ seconds: 0 });
  log(new Error("one"));
  log(new Error("other"));
  log("a string");
  log(undefined);
  expect(lines.map(({ message }) => message)).toEqual(["one", "other", "a string", "undefined"]);
});
