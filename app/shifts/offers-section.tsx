import { Badge, type Severity } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import type { ListedOffer } from "../../db/shifts/offers/list-offers";
import type { ShiftRead } from "./read-shift.server";

const looks: Record<ListedOffer["state"], Severity> = {
  open: "notice",
  accepted: "ok",
  declined: "neutral",
  expired: "warning",
  withdrawn: "neutral",
};

/** To whom a shift was offered, newest first: the open one with its clock, and what may be done with it. */
export function OffersSection({ read }: { read: ShiftRead }) {
  const { shift, offers, mayChange } = read;
  if (offers.length === 0) return null;
  return (
    <Section title="Offers" note="to the self-employed, one at a time">
      <ul aria-label="Offers" className="flex flex-col gap-3">
        {offers.map((offer) => (
          <li key={offer.id} className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Badge severity={looks[offer.state]}>{offer.state}</Badge>
            <span className="font-medium">{offer.guardName}</span>
            <OfferNote offer={offer} zone={shift.location.timeZone} />
            {offer.state === "open" && mayChange && <OfferActs shiftId={shift.id} offer={offer} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OfferNote({ offer, zone }: { offer: ListedOffer; zone: string }) {
  const { state, answer, expiresAt, endedAt, note, phone, fallbackNames } = offer;
  if (state !== "open")
    return (
      <span className="text-muted">
        <Time at={endedAt} zone={zone} />
        {note && `: ${note}`}
      </span>
    );
  return (
    <span className="text-muted">
      {answer ? `said ${answer === "accepted" ? "yes" : "no"} in the product; it is being settled` : "runs out "}
      {!answer && <Age at={expiresAt} zone={zone} />}
      {phone && `, ${phone}`}
      {fallbackNames.length > 0 && `; then ${fallbackNames.join(", ")}`}
    </span>
  );
}

function OfferActs({ shiftId, offer: { id, guardName } }: { shiftId: number; offer: ListedOffer }) {
  const answer = `/shifts/${shiftId}/change/record-offer-answer?offer=${id}&answer=`;
  return (
    <span className="flex flex-wrap gap-2">
      <ButtonLink size="sm" to={`${answer}accepted`} aria-label={`${guardName} takes it`}>
        Takes it
      </ButtonLink>
      <ButtonLink size="sm" to={`${answer}declined`} aria-label={`${guardName} declines`}>
        Declines
      </ButtonLink>
      <ButtonLink size="sm" to={`/shifts/${shiftId}/change/withdraw-offer?offer=${id}`}>
        Withdraw
      </ButtonLink>
    </span>
  );
}
