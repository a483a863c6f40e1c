import { useIsHydrated, useNowSeconds } from "../clock";
import { defaultZone, formatInstant, zoneAbbreviation } from "../format-instant";

/** The time of the console's zone, and the reader's own where it differs. */
export function ZoneClock({ renderedAt, isCompact = false }: { renderedAt: Date; isCompact?: boolean }) {
  const nowSeconds = useNowSeconds();
  const isHydrated = useIsHydrated();
  const now = nowSeconds === null ? renderedAt : new Date(nowSeconds * 1000);
  const ownZone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : defaultZone;
  const zoneName = `${defaultZone} (${zoneAbbreviation(now)})`;
  if (isCompact) {
    return (
      <time dateTime={now.toISOString()} title={zoneName} className="text-xs text-muted">
        {formatInstant(now, { style: "minute" })}
      </time>
    );
  }
  return (
    <div className="px-2 text-xs text-muted">
      <p>
        <time dateTime={now.toISOString()} className="font-medium text-ink">
          {formatInstant(now, { style: "minute" }).split(" ")[0]}
        </time>{" "}
        {zoneName}
      </p>
      {ownZone !== defaultZone && (
        <p title={`Your device is set to ${ownZone}. The console shows ${defaultZone}.`}>
          Yours: {formatInstant(now, { style: "minute", zone: ownZone })}
        </p>
      )}
    </div>
  );
}
