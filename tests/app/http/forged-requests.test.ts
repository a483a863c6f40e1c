import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startTestConsole, type TestConsole, testPassword } from "../../support/console";
import { listRouteDoors } from "../../support/doors-of-build";

let ops: TestConsole;
let targets: string[];
let session: string;

beforeAll(async () => {
  ops = await startTestConsole();
  const routes = await listRouteDoors();
  const actions = routes.filter((door) => door.export === "action");
  targets = [
    ...actions.flatMap(({ path, routeId }) => [
      path,
      `${path}.data`,
      `${path}?_data=${encodeURIComponent(routeId)}`,
      `${path}?index`,
      `${path}?_method=GET`,
    ]),
    ...routes.filter(({ isResource }) => isResource).map(({ path }) => path),
    "/",
    "/_root.data",
    "/no/such/page",
    "/healthz",
    "/test/stream",
  ];
  session = await ops.signIn("admin");
  await ops.signIn("admin");
});
afterAll(() => ops?.close());

const forgeries = (own: string): [string, Record<string, string>][] => [
  ["a foreign page", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
  ["a foreign page in an old browser", { Origin: "https://evil.example" }],
  ["another port", { Origin: "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site" }],
  ["a sandbox", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
  ["nowhere", {}],
  ["nowhere, claimed same origin", { "Sec-Fetch-Site": "same-origin" }],
  ["a malformed origin", { Origin: "http://[" }],
  ["an empty origin", { Origin: "" }],
  ["two origins", { Origin: `${own}, https://evil.example` }],
  ["our origin across sites", { Origin: own, "Sec-Fetch-Site": "cross-site" }],
  ["a host of its own", { Origin: "https://evil.example", "X-Forwarded-Host": "evil.example" }],
  ["an overridden method", { Origin: "https://evil.example", "X-HTTP-Method-Override": "GET" }],
];

const bodies: [string, string][] = [
  ["application/x-www-form-urlencoded", "intent=revoke-others"],
  ["text/plain", "intent=revoke-others"],
  ["application/json", '{"intent":"revoke-others"}'],
  ["", ""],
];

/** Everything that a forged request could have changed. */
async function fingerprint(): Promise<unknown> {
  const rows = await ops.db.execute(sql`
    select (select count(*) from sessions where revoked_at is null) as living,
           (select count(*) from sessions) as sessions,
           (select max(id) from audit_events) as trail,
           (select count(*) from sign_in_attempts) as attempts,
           (select string_agg(password_hash, ',' order by email) from staff) as passwords`);
  return rows[0];
}

test("a forged request is answered 403 and changes nothing, wherever and however it comes", async () => {
  const before = await fingerprint();
  const answers: string[] = [];
  for (const path of targets) {
    for (const [index, [origin, headers]] of forgeries(ops.url).entries()) {
      const [contentType, body] = bodies[index % bodies.length] as [string, string];
      const answer = await fetch(`${ops.url}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { Cookie: session, ...(contentType ? { "Content-Type": contentType } : {}), ...headers },
        body,
      });
      await answer.arrayBuffer();
      if (answer.status !== 403) answers.push(`${path} from ${origin}: ${answer.status}`);
    }
  }
  expect(answers).toEqual([]);
  expect(await fingerprint()).toEqual(before);
});

test("methods that no page uses are refused, and none is read out of a header or a field", async () => {
  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
    const answer = await ops.ask("/account", { method, session });
    expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "GET, HEAD, POST"]);
    expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  }
  const before = await fingerprint();
  const answer = await ops.ask("/account?_method=POST&intent=revoke-others", {
    session,
    headers: { "X-HTTP-Method-Override": "POST" },
  });
  expect(answer.status).toBe(200);
  expect(await fingerprint()).toEqual(before);
});

test("a question by ?_data= is not answered, own page or not", async () => {
  for (const path of ["/account?_data=routes%2F_console.account", "/staff?%5fdata=routes/_console.staff"]) {
    expect((await ops.ask(path, { session })).status).toBe(400);
  }
});

test("the same requests from the console's own page are answered and have their effect", async () => {
  const before = await fingerprint();
  const post = (path: string, fields: Record<string, string>, cookie?: string) =>
    ops.ask(path, { method: "POST", session: cookie, body: new URLSearchParams(fields) });
  expect((await post("/account", { intent: "revoke-others" }, session)).status).toBe(302);
  expect(await fingerprint()).not.toEqual(before);
  expect((await post("/account.data", { intent: "revoke-others" }, session)).status).toBe(202);
  expect((await post("/sign-in", { email: ops.staff.ops.email, password: testPassword })).status).toBe(302);
  expect((await post("/sign-out", {}, session)).status).toBe(302);
});
