export type CertificateJudgement = { isValid: boolean; reason: string };

/**
 * Whether a VCA or guard pass covers a shift: it must be valid until the END of it. `validUntil` null is "not valid":
 * there is none, or its end is missing or unreadable.
 */
export function judgeCertificate({
  isGiven,
  validUntil,
  endAt,
}: {
  isGiven: boolean;
  validUntil: Date | null;
  endAt: Date;
}): CertificateJudgement {
  if (!isGiven) return { isValid: false, reason: "none is on record" };
  if (!validUntil) return { isValid: false, reason: "its end is missing or unreadable" };
  if (validUntil < endAt) return { isValid: false, reason: "it ends before the shift does" };
  return { isValid: true, reason: "covers the whole shift" };
}
