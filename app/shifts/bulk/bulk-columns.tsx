import { Link } from "@remix-run/react";

import { SelectField } from "~/ui/field";
import { formatDistance, formatEuro } from "~/ui/format";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import type { Column } from "~/ui/table";
import { formatHours } from "../replace/candidate-columns";
import type { BulkRow } from "./read-bulk.server";

const nobody = { value: "none", label: "Nobody: leave it out" };

export const bulkColumns: readonly Column<BulkRow>[] = [
  {
    id: "shift",
    header: "Shift",
    cell: ({ id, locationName, startAt, endAt, timeZone, guardName }) => (
      <span className="flex flex-col whitespace-normal md:min-w-72">
        <span>
          <Link to={`/shifts/${id}`} className="font-medium underline decoration-line-strong hover:decoration-ink">
            {id}
          </Link>{" "}
          {locationName}
        </span>
        <span className="text-xs text-muted">
          {formatInstant(startAt, { zone: timeZone, style: "date" })}, {formatSpan(startAt, endAt, timeZone)},{" "}
          {guardName ?? "nobody"}
        </span>
      </span>
    ),
  },
  {
    id: "guard",
    header: "Who comes",
    cell: ({ id, guard, offered, against }) =>
      against ? (
        <span className="whitespace-normal text-critical">{against}</span>
      ) : (
        <SelectField
          key={guard?.guardId}
          label={`Who comes to shift ${id}`}
          isLabelHidden
          name={`guard-${id}`}
          fieldClassName="w-64 max-md:w-44"
          defaultValue={guard ? String(guard.guardId) : nobody.value}
          options={[
            nobody,
            ...offered.map(({ guardId, fullName, distanceMeters, isClear }) => ({
              value: String(guardId),
              label: `${fullName}, ${formatDistance(distanceMeters)}${isClear ? "" : ", with a reason"}`,
            })),
          ]}
        />
      ),
  },
  {
    id: "distance",
    header: "Distance",
    align: "end",
    isWideOnly: true,
    cell: ({ guard }) => guard && formatDistance(guard.distanceMeters),
  },
  {
    id: "margin",
    header: "Margin an hour",
    align: "end",
    isWideOnly: true,
    cell: ({ guard }) => guard && formatEuro(guard.marginPerHour),
  },
  {
    id: "week",
    header: "Week after",
    align: "end",
    isWideOnly: true,
    cell: ({ guard }) => guard && formatHours(guard.weekSecondsAfter),
  },
  {
    id: "against",
    header: "Against",
    isFilling: true,
    isWideOnly: true,
    cell: ({ guard }) =>
      guard && (
        <span className="text-xs whitespace-normal text-muted">
          {guard.reasons.map(({ sentence }) => sentence).join(" ") || "nothing"}
        </span>
      ),
  },
];
