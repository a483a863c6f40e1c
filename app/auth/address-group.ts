import { isIPv6 } from "node:net";

/** Whom an address stands for: an IPv4 address alone, an IPv6 address its /64, which one subscriber has. */
export function addressGroup(address: string | undefined): string {
  const [plain = ""] = (address ?? "").split("%");
  if (!isIPv6(plain)) return plain || "0.0.0.0";
  const [head = "", tail] = plain.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
