import { isIP } from "node:net";

import { EnvironmentError } from "../../db/environment";

export type ServerSettings = {
  /** Where browsers reach the console, for example `https://ops.securyflex.nl`; undefined: loopback only. */
  origin: URL | undefined;
  /** Addresses or networks (CIDR) whose X-Forwarded headers are believed; `loopback` is one of them. */
  trustedProxies: string[];
};

/**
 * Reads CONSOLE_ORIGIN and TRUSTED_PROXIES (addresses, networks or `loopback`, separated by commas).
 * Throws EnvironmentError, a sentence, for one that is malformed.
 */
export function readServerSettings(source: Record<string, string | undefined> = process.env): ServerSettings {
  const trustedProxies = (source.TRUSTED_PROXIES ?? "").split(",").flatMap((entry) => entry.trim() || []);
  const strange = trustedProxies.find((entry) => !isNetwork(entry));
  if (strange !== undefined) {
    throw new EnvironmentError(
      `The console did not start: TRUSTED_PROXIES holds "${strange}", which is no address, network or "loopback".`,
    );
  }
  return { origin: readOrigin(source.CONSOLE_ORIGIN), trustedProxies };
}

function readOrigin(text: string | undefined): URL | undefined {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.username) return url;
  throw new EnvironmentError(
    "The console did not start: CONSOLE_ORIGIN is not an origin. Write it like https://ops.example.nl, without a path.",
  );
}

function isNetwork(entry: string): boolean {
  if (entry === "loopback") return true;
  const [address = "", bits, ...rest] = entry.split("/");
  const family = isIP(address);
  const mostBits = family === 4 ? 32 : 128;
  return family !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= mostBits));
}
