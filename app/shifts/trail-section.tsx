import { useFetcher } from "@remix-run/react";
import { lazy, Suspense } from "react";

import { Button } from "~/ui/button";
import { useIsHydrated } from "~/ui/clock";
import { formatCount, formatDistance } from "~/ui/format";
import { Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { useThemeLook } from "~/ui/theme-look";
import { Time } from "~/ui/time";
import { VerdictBadge } from "./shift-badges";
import { type LoadBasemap, metersBetween, type Trail, type TrailPosition, verdictColours } from "./trail";

const TrailMap = lazy(() => import("./trail-map.client"));

/** Where the guard was, shown to who asks for it: the page says beforehand that looking is on record. */
export function TrailSection({
  shiftId,
  checkinCount,
  loadBasemap,
}: {
  shiftId: number;
  checkinCount: number;
  loadBasemap: LoadBasemap;
}) {
  const fetcher = useFetcher<{ answer: Trail } | { failure: string }>({ key: `trail-${shiftId}` });
  const isHydrated = useIsHydrated();
  const told = fetcher.data;
  const trail = told && "answer" in told ? told.answer : null;
  if (checkinCount === 0) return null;
  return (
    <Section title="Trail" note="positions of the shift and 30 minutes around it">
      {trail ? (
        <ShownTrail trail={trail} loadBasemap={loadBasemap} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            disabled={!isHydrated || fetcher.state !== "idle"}
            onClick={() => fetcher.load(`/shifts/trail/${shiftId}`)}
          >
            {fetcher.state === "idle" ? "Show the trail" : "Reading the trail"}
          </Button>
          <p className="text-muted">
            {formatCount(checkinCount)} {checkinCount === 1 ? "position" : "positions"} of a person. That you look at
            them is put on record.
          </p>
          {told && "failure" in told && (
            <p role="alert" className="w-full text-critical">
              {told.failure} Nothing was shown. Try again.
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

function ShownTrail({ trail, loadBasemap }: { trail: Trail; loadBasemap: LoadBasemap }) {
  const theme = useThemeLook();
  return (
    <div className="flex flex-col gap-3">
      <p className="sr-only" role="status">
        {trail.positions.length} positions are shown.
      </p>
      <div className="h-80 overflow-hidden rounded-md border border-line">
        <Suspense fallback={<p className="grid h-full place-items-center text-muted">Loading the map</p>}>
          <TrailMap key={theme} trail={trail} theme={theme} loadBasemap={loadBasemap} />
        </Suspense>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {(["inside", "outside", "uncertain"] as const).map((verdict) => (
          <span key={verdict} className="inline-flex items-center gap-1.5">
            <Dot verdict={verdict} />
            {verdict}
          </span>
        ))}
        <span>dashed: the fence of {trail.post.radiusMeters} m</span>
      </p>
      <details>
        <summary className="w-fit text-muted hover:text-ink">As a table</summary>
        <div className="mt-2 max-h-96 overflow-y-auto rounded-md border border-line">
          <PositionTable trail={trail} />
        </div>
      </details>
    </div>
  );
}

function Dot({ verdict }: { verdict: keyof typeof verdictColours }) {
  const colour = verdictColours[verdict];
  return (
    <svg viewBox="0 0 12 12" className="size-3" aria-hidden="true">
      <circle cx="6" cy="6" r="4" fill={verdict === "uncertain" ? "none" : colour} stroke={colour} strokeWidth="2" />
    </svg>
  );
}

function PositionTable({ trail }: { trail: Trail }) {
  const { post, timeZone } = trail;
  const columns: Column<TrailPosition>[] = [
    { id: "at", header: "Time", cell: ({ at }) => <Time at={at} zone={timeZone} style="stamp" /> },
    { id: "kind", header: "Kind", cell: ({ kind }) => kind },
    { id: "verdict", header: "Verdict", cell: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
    {
      id: "distance",
      header: "From the centre",
      align: "end",
      isWideOnly: true,
      cell: ({ point }) => formatDistance(metersBetween(point, post)),
    },
    {
      id: "accuracy",
      header: "Accuracy",
      align: "end",
      cell: ({ accuracyMeters }) => (accuracyMeters === null ? "none given" : `± ${formatDistance(accuracyMeters)}`),
    },
  ];
  return <DataTable caption="Positions" rows={trail.positions} columns={columns} rowId={({ id }) => id} empty={null} />;
}
