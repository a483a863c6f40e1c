import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { OpenShiftsPage } from "~/shifts/guard/open-shifts-page";
import { readOpenShifts } from "~/shifts/guard/read-open-shifts.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.reassign");
  return readOpenShifts(params.guardId, new URL(request.url).searchParams);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Open shifts for ${data?.guard.fullName ?? "a guard"} · SecuryFlex ops` },
];

export default function OpenShiftsRoute() {
  return <OpenShiftsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
