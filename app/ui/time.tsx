import { useNowSeconds } from "./clock";
import { formatAge } from "./format";
import { formatInstant, type InstantStyle } from "./format-instant";

/** An instant with its zone; the full date stands in the tooltip. Null reads "never", or what `none` says. */
export function Time({
  at,
  zone,
  style = "day",
  none = "never",
}: {
  at: Date | null;
  zone?: string;
  style?: InstantStyle;
  none?: string;
}) {
  if (!at) return <span className="text-muted">{none}</span>;
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at, { zone, style: "full" })} className="whitespace-nowrap">
      {formatInstant(at, { zone, style })}
    </time>
  );
}

/** Clocks of two machines differ: what is younger, or this far ahead, is now. */
const clockSkewSeconds = 2;

/**
 * How long ago `at` was, counting on. The server, which does not know when its answer is read, writes the instant
 * instead. Null reads "never", or what `none` says.
 */
export function Age({ at, zone, none = "never" }: { at: Date | null; zone?: string; none?: string }) {
  const now = useNowSeconds();
  if (!at || now === null) return <Time at={at} zone={zone} none={none} />;
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at, { zone, style: "full" })} className="whitespace-nowrap">
      {describeDistance(now - at.getTime() / 1000)}
    </time>
  );
}

function describeDistance(seconds: number): string {
  if (Math.abs(seconds) <= clockSkewSeconds) return "now";
  return seconds < 0 ? `in ${formatAge(-seconds)}` : `${formatAge(seconds)} ago`;
}
