import type { SlaReport } from "../../console/sla-reports";

/** Of a report's files, without an ending: letters, digits and hyphens, whatever the client is called. */
export function reportFileName({
  fromOn,
  untilOn,
  clientId,
  clientName,
  digest,
}: Pick<SlaReport, "fromOn" | "untilOn" | "clientId" | "clientName" | "digest">): string {
  const name = clientName
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  return ["sla", fromOn, untilOn, `client-${clientId}`, name || "client", digest.slice(0, 8)].join("-");
}
