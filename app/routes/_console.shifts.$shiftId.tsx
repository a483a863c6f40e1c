import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { loadBasemap } from "~/live/map/load-basemap";
import { ChangeNotice } from "~/operations/change-notice";
import { MessagesSection } from "~/operations/messages-section";
import { readShiftMessages } from "~/operations/read-messages.server";
import { readShift } from "~/shifts/read-shift.server";
import { ShiftPage } from "~/shifts/shift-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  const read = await readShift(params.shiftId, signedIn);
  return { read, messages: await readShiftMessages(read.shift.id, signedIn) };
}

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Shift ${params.shiftId} · SecuryFlex ops` },
];

export default function ShiftRoute() {
  const { read, messages } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const runId = search.get("run");
  const notice = read.mayChange && runId && <ChangeNotice key={runId} runId={runId} shiftId={read.shift.id} />;
  return (
    <ShiftPage read={read} notice={notice} loadBasemap={loadBasemap}>
      {messages.deliveries.length > 0 && <MessagesSection read={messages} />}
    </ShiftPage>
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
