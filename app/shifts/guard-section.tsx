import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { CertificateJudgement } from "../../db/rules/shifts/certificates";
import type { ShiftRead } from "./read-shift.server";

export function GuardSection({ read }: { read: ShiftRead }) {
  const { guard, location } = read.shift;
  if (!guard || !read.certificates) {
    return (
      <Section title="Guard">
        <p className="text-muted">Nobody has this shift.</p>
      </Section>
    );
  }
  const zone = location.timeZone;
  return (
    <Section
      title="Guard"
      actions={
        read.mayChange && (
          <Link to={`/shifts/guard/${guard.id}`} className="text-accent underline">
            What else they could take
          </Link>
        )
      }
    >
      <KeyValue
        entries={[
          {
            label: "Name",
            value: (
              <Link to={`/shifts?guard=${guard.id}`} className="underline decoration-line-strong hover:decoration-ink">
                {guard.fullName}
              </Link>
            ),
            note: guard.employment === "zzp" ? "self-employed" : "employee",
          },
          { label: "Phone", value: guard.phone ?? "none on record" },
          {
            label: "VCA",
            value: <CertificateBadge judgement={read.certificates.vca} />,
            note: <Until at={guard.vcaValidUntil} zone={zone} reason={read.certificates.vca.reason} />,
          },
          {
            label: "Guard pass",
            value: <CertificateBadge judgement={read.certificates.pass} />,
            note: (
              <>
                {guard.passColour && `${guard.passColour}, `}
                <Until at={guard.passValidUntil} zone={zone} reason={read.certificates.pass.reason} />
                {guard.passRestriction && `, restricted: ${guard.passRestriction}`}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function CertificateBadge({ judgement }: { judgement: CertificateJudgement }) {
  return <Badge severity={judgement.isValid ? "ok" : "critical"}>{judgement.isValid ? "valid" : "not valid"}</Badge>;
}

function Until({ at, zone, reason }: { at: Date | null; zone: string; reason: string }) {
  return (
    <>
      {reason}
      {at && (
        <>
          , until <Time at={at} zone={zone} style="full" />
        </>
      )}
    </>
  );
}
