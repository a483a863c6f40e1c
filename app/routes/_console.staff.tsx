import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";

import { describeEnded } from "~/auth/describe-ended";
import { requirePermission } from "~/auth/require.server";
import { listStaffRows, revokeStaffSessions } from "~/auth/staff.server";
import { StaffPage } from "~/auth/staff-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "staff.read");
  return listStaffRows(signedIn);
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "staff.revoke-sessions");
  return revokeStaffSessions(request, signedIn);
}

export const meta: MetaFunction = () => [{ title: "Staff · SecuryFlex ops" }];

export default function StaffRoute() {
  const [search] = useSearchParams();
  return (
    <StaffPage
      staff={useLoaderData<typeof loader>()}
      refusal={useActionData<typeof action>()?.message}
      notice={describeEnded(search)}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
