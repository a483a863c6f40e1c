import type { SlaAddress } from "./sla-question";

/** What narrows the numbers, in words; "none" for all. Who has no name here is told by its number. */
export function describeSlaFilter(
  { filter }: Pick<SlaAddress, "filter">,
  names: Partial<Record<string, string>> = {},
): string {
  const told = Object.entries({
    client: filter.clientId,
    company: filter.companyId,
    location: filter.locationId,
    region: filter.region,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${names[name] ?? value}`]));
  return told.join("; ") || "none";
}
