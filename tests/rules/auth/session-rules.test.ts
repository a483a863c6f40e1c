import { expect, test } from "vitest";

import { addressGroup } from "../../../app/auth/address-group";
import { describeBrowser } from "../../../app/auth/describe-browser";
import { describeEnded } from "../../../app/auth/describe-ended";
import { clearSessionCookie, readSessionToken, writeSessionCookie } from "../../../app/auth/session-cookie";
import { Turnstile, TurnstileFull } from "../../../app/auth/turnstile";

const token = "a".repeat(43);

test("over https the cookie belongs to this host alone; no script reads it, no foreign form carries it", () => {
  expect(writeSessionCookie(token, true)).toBe(
    `__Host-session=${token}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure`,
  );
  expect(writeSessionCookie(token, false)).toBe(`session=${token}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax`);
  expect(clearSessionCookie(true)).toContain("__Host-session=; Path=/; Max-Age=0;");
});

test("a cookie of plain http is no session over https", () => {
  expect(readSessionToken(`session=${token}`, true)).toBeUndefined();
  expect(readSessionToken(`__Host-session=${token}`, true)).toBe(token);
  expect(readSessionToken(`theme=dark; session=${token}`, false)).toBe(token);
});

test.each(["", "session=", "session=x", `session=${token}a`, `xsession=${token}`, "session=' or 1=1 --", "=;=;"])(
  "%j names no session",
  (cookie) => {
    expect(readSessionToken(cookie, false)).toBeUndefined();
  },
);

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  [undefined, "0.0.0.0"],
])("tries from %s count for %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test("a turnstile lets two in, keeps one waiting and turns the next away", async () => {
  const turnstile = new Turnstile({ atOnce: 2, waiting: 1 });
  const order: string[] = [];
  const gates = new Map<string, () => void>();
  const work = (name: string) =>
    turnstile.run(async () => {
      order.push(name);
      await new Promise<void>((resolve) => gates.set(name, resolve));
    });
  const [first, second, third] = [work("first"), work("second"), work("third")];
  await expect(work("fourth")).rejects.toBeInstanceOf(TurnstileFull);
  expect(order).toEqual(["first", "second"]);
  gates.get("first")?.();
  await first;
  expect(order).toEqual(["first", "second", "third"]);
  gates.get("second")?.();
  gates.get("third")?.();
  await Promise.all([second, third]);
  await turnstile.run(async () => order.push("fifth"));
  expect(order).toHaveLength(4);
});

test("a turnstile opens again after work that failed", async () => {
  const turnstile = new Turnstile({ atOnce: 1, waiting: 0 });
  await expect(turnstile.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(turnstile.run(async () => "yes")).resolves.toBe("yes");
});

test("a browser is named as it calls itself, or not at all", () => {
  const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
  expect(describeBrowser(chrome)).toBe("Chrome on Linux");
  expect(describeBrowser("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1")).toBe("Safari on iOS");
  expect(describeBrowser("curl/8")).toBeNull();
  expect(describeBrowser(null)).toBeNull();
});

test("the count of ended sessions is read from the address, and nothing else is", () => {
  const say = (query: string) => describeEnded(new URLSearchParams(query));
  expect(say("ended=1")).toBe("One session was ended.");
  expect(say("ended=3")).toBe("3 sessions were ended.");
  expect(say("ended=0")).toMatch(/had ended already/);
  expect([say(""), say("ended=<b>"), say("ended=99999")]).toEqual([undefined, undefined, undefined]);
});
