import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { loadBasemap } from "~/live/map/load-basemap";
import { ChangeNotice } from "~/operations/change-notice";
import { readShift } from "~/shifts/read-shift.server";
import { ShiftPage } from "~/shifts/shift-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  return readShift(params.shiftId, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Shift ${params.shiftId} · SecuryFlex ops` },
];

export default function ShiftRoute() {
  const read = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const runId = search.get("run");
  const notice = read.mayChange && runId && <ChangeNotice key={runId} runId={runId} shiftId={read.shift.id} />;
  return <ShiftPage read={read} notice={notice} loadBasemap={loadBasemap} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
