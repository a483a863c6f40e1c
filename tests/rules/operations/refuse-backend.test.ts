import { expect, test } from "vitest";

import { type Backend, refuseBackend } from "../../../db/rules/operations/refuse-backend";

const client: Backend = {
  pid: 4242,
  backendStart: "2026-11-22T12:00:00.000000Z",
  queryStart: null,
  backendType: "client backend",
  userName: "product",
  isSuperuser: false,
  applicationName: "api",
  clientAddress: null,
  state: "idle in transaction",
  waitEvent: null,
  isThisDatabase: true,
  isWraparoundVacuum: false,
  transactionSeconds: 5,
  hasWritten: true,
  blockedPids: [],
};
const autovacuum = { ...client, backendType: "autovacuum worker", userName: null };
const refused = (backend: Backend, isAdminSuperuser = false) => refuseBackend(backend, { isAdminSuperuser }).join(" ");

test("a client of the product may be ended", () => {
  expect(refused(client)).toBe("");
});

test.each<[string, Backend, RegExp, Backend, boolean]>([
  ["a replica's sender", { ...client, backendType: "walsender" }, /sends WAL/, client, false],
  ["a vacuum against wraparound", { ...autovacuum, isWraparoundVacuum: true }, /wrapping/, autovacuum, true],
  ["an autovacuum worker", autovacuum, /autovacuum worker/, autovacuum, true],
  ["a process of the server", { ...client, backendType: "checkpointer" }, /server itself/, client, false],
  [
    "the console's own runner",
    { ...client, applicationName: "securyflex-console op 1 1", userName: "console_admin" },
    /of this console/,
    { ...client, applicationName: "securyflex-console op 1 1" },
    false,
  ],
  ["a superuser's session", { ...client, isSuperuser: true }, /superuser/, { ...client, isSuperuser: true }, true],
  ["a session of another database", { ...client, isThisDatabase: false }, /another database/, client, false],
])("%s is refused, its twin is not", (_, backend, reason, twin, isAdminSuperuser) => {
  expect(refused(backend)).toMatch(reason);
  expect(refused(twin, isAdminSuperuser)).toBe("");
});
