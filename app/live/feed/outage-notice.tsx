import { Link } from "@remix-run/react";
import { WifiOff } from "lucide-react";

import { formatCount } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { Alarm } from "./alarm-feed";
import { unobservedPath } from "./alarms-path";

/** Says above everything that the platform is silent, and leads to the shifts of which nobody can tell anything. */
export default function OutageNotice({ alarm: { beganAt, affectedCount } }: { alarm: Alarm }) {
  return (
    <p
      role="status"
      data-outage
      className="flex items-start gap-2 border-b border-line bg-critical-soft px-3 py-2 text-critical"
    >
      <WifiOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        <strong className="font-semibold">One outage</strong> since {formatInstant(beganAt, { style: "minute" })}: many
        guards fell silent together. Their single alarms are held back.{" "}
        <Link to={unobservedPath} className="font-semibold underline underline-offset-2">
          {affectedCount === 1 ? "1 shift is" : `${formatCount(affectedCount)} shifts are`} unobserved
        </Link>
      </span>
    </p>
  );
}
