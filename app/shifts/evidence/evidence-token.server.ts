import { createHmac, timingSafeEqual } from "node:crypto";

import { deriveSecret, readEnvironment } from "../../../db/environment";

/** The address of a link. What opens it is derived from CONSOLE_SECRET: no copy of the database holds it. */
export function evidencePath(linkId: string): string {
  return `/evidence/${linkId}.${sign(linkId)}`;
}

/** The link that a token opens; undefined for one that this console did not make. */
export function readEvidenceToken(token: string | undefined): string | undefined {
  const [, linkId, signature] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(token ?? "") ?? [];
  if (!linkId || !signature) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(linkId))) ? linkId : undefined;
}

function sign(linkId: string): string {
  return createHmac("sha256", deriveSecret(readEnvironment(), "evidence link")).update(linkId).digest("base64url");
}
