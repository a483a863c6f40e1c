import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startTestConsole, type TestConsole } from "../../support/console";
import { listRouteDoors } from "../../support/doors-of-build";
import { sendRaw } from "../../support/raw-request";

const seed = 20_261_122;
const requests = process.env.SOAK ? 10_000 : 2_500;
const malformed = process.env.SOAK ? 1_000 : 250;

let ops: TestConsole;
let paths: string[];
let sessions: (string | undefined)[];

beforeAll(async () => {
  ops = await startTestConsole({ variables: { BACKUP_DIRECTORY: "/backups" } });
  const routes = [...new Set((await listRouteDoors()).map(({ path }) => path))];
  paths = ["/", "/healthz", "/readyz", "/_root", "/assets/x.js", "/favicon.ico", "/test/stream", ...routes];
  sessions = [await ops.signIn("admin"), await ops.signIn("ops"), `session=${"x".repeat(43)}`, undefined];
});
afterAll(() => ops?.close());

/** What no answer may hold: a stack, SQL, a path of the machine, an address of a database. */
const secret = /\n\s+at \S+ \(|node_modules|\/work\/|\/tmp\/|postgres(ql)?:\/\/|select .{1,80} from |ECONN|argon2id/i;

const odd = fc.constantFrom(
  "'",
  '"',
  "%",
  "%00",
  "%27",
  "%ff",
  "%c0%af",
  "..",
  "../..",
  "%2e%2e%2f",
  "\\",
  "//",
  ";",
  "<script>",
  "#{7*7}",
  "-1",
  "99999999999999999999",
  "NaN",
  "null",
  "true",
  "[]",
  "{}",
  "é",
  "\u202e",
  "😀",
  "' or 1=1 --",
  "a".repeat(900),
  "\t",
  " ",
  "__proto__",
  "constructor",
  "%0d%0aX: y",
  "2026-02-30",
  "1e309",
  "id,desc",
);
const word = fc.oneof(odd, fc.string({ maxLength: 12 }), fc.integer().map(String));
const names = fc.oneof(
  word,
  fc.constantFrom(
    "sort",
    "to",
    "ended",
    "page",
    "status",
    "q",
    "_routes",
    "_data",
    "index",
    "from",
    "cursor",
    "before",
    "id",
  ),
);
const pairs = fc.array(fc.tuple(names, word), { maxLength: 5 });

const request = fc.record({
  route: fc.nat(),
  tail: fc.option(fc.oneof(word, fc.constantFrom(".data", "/", "/1", "/../staff", ";a=b"))),
  isEncoded: fc.boolean(),
  query: pairs,
  method: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS"),
  body: fc.oneof(pairs, fc.string({ maxLength: 60 })),
  contentType: fc.constantFrom(
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "text/plain",
    "application/json",
    "x/\u00ff",
  ),
  session: fc.nat({ max: 3 }),
  accept: fc.constantFrom("text/html", "application/json", "*/*", "", "nonsense"),
  cookie: fc.option(
    fc.constantFrom("theme=%00", "theme=purple", "session=;session=", "a".repeat(2_000), "=", "__Host-session=x"),
  ),
});

type Fuzzed = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function addressOf({ route, tail, isEncoded, query }: Fuzzed): string {
  const base = paths[route % paths.length] as string;
  const end = tail === null ? "" : isEncoded ? `/${encodeURIComponent(tail.replace(/[\ud800-\udfff]/g, ""))}` : tail;
  const text = query.map(([key, value]) =>
    isEncoded ? new URLSearchParams([[key, value]]).toString() : `${key}=${value}`,
  );
  return `${base}${end}${text.length > 0 ? `?${text.join("&")}` : ""}`;
}

async function send(fuzzed: Fuzzed): Promise<string | undefined> {
  const path = addressOf(fuzzed);
  const { method, body, contentType, accept, cookie } = fuzzed;
  const hasBody = method === "POST" || method === "PUT";
  const own = sessions[fuzzed.session];
  const abort = new AbortController();
  try {
    const answer = await ops.ask(path, {
      method,
      signal: abort.signal,
      headers: {
        Accept: accept,
        ...(hasBody ? { "Content-Type": contentType.replace("\u00ff", "y") } : {}),
        Cookie: [own, cookie].filter(Boolean).join("; "),
      },
      ...(hasBody ? { body: Array.isArray(body) ? new URLSearchParams(body) : body } : {}),
    });
    const isStream = answer.headers.get("content-type")?.includes("event-stream");
    const text = isStream ? "" : await answer.text();
    const problem = answer.status >= 500 ? `status ${answer.status}` : text.match(secret)?.[0];
    return problem && `${method} ${JSON.stringify(path)} ${JSON.stringify(body)}: ${problem}`;
  } finally {
    abort.abort();
  }
}

test(`${requests} requests of every odd kind: no answer of 500 or above, none that tells of stack, SQL or path`, async () => {
  const queue = fc.sample(request, { numRuns: requests, seed });
  const problems: string[] = [];
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const problem = await send(next);
      if (problem) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(problems).toEqual([]);
}, 600_000);

const line = fc.oneof(
  fc.constantFrom(
    "GET / HTTP/1.1",
    "GET /account HTTP/1.0",
    "GET http://evil.example/ HTTP/1.1",
    "GET //evil.example HTTP/1.1",
    "GET \\evil HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "CONNECT evil.example:443 HTTP/1.1",
    "TRACE / HTTP/1.1",
    "POST /sign-in HTTP/1.1",
    "get / http/1.1",
    "GET / HTTP/9.9",
    "GET",
    "PRI * HTTP/2.0",
    "GET /%zz HTTP/1.1",
    "GET /a\u0000b HTTP/1.1",
    "GET ?x HTTP/1.1",
    "GET /account#x HTTP/1.1",
    "GET /\u00ff HTTP/1.1",
  ),
  fc.string({ maxLength: 30 }),
);
const header = fc.oneof(
  fc.constantFrom(
    "Host: localhost",
    "Host: localhost",
    "Host: evil.example",
    "Host:",
    "Host: a, b",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 5, 6",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, identity",
    "Expect: 100-continue",
    "Expect: nonsense",
    "Origin: http://localhost",
    "Origin: http://[",
    "Cookie: session=\u0001",
    "Upgrade: websocket",
    "Connection: upgrade",
    " folded: x",
    "No colon",
    "X: \r",
    "Range: bytes=0-",
    "Accept-Encoding: \u0000",
  ),
  fc.string({ maxLength: 20 }),
);
const message = fc.oneof(
  fc
    .tuple(line, fc.array(header, { maxLength: 6 }), fc.string({ maxLength: 20 }))
    .map(([first, headers, body]) => Buffer.from(`${[first, ...headers].join("\r\n")}\r\n\r\n${body}`, "latin1")),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

test(`${malformed} messages that are no proper HTTP are refused or dropped, and the server lives on`, async () => {
  const queue = fc.sample(message, { numRuns: malformed, seed });
  const problems: string[] = [];
  let answered = 0;
  const work = async () => {
    for (let bytes = queue.pop(); bytes; bytes = queue.pop()) {
      const answer = await sendRaw(ops.url, bytes, 200);
      const status = Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0);
      if (status > 0) answered += 1;
      if (status >= 500 || secret.test(answer)) problems.push(`${JSON.stringify(bytes.toString("latin1"))}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(answered).toBeGreaterThan(malformed / 4);
  expect(problems).toEqual([]);
  expect((await ops.ask("/readyz")).status).toBe(200);
}, 600_000);
