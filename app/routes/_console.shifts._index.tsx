import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { isPermitted } from "~/auth/permissions";
import { requirePermission } from "~/auth/require.server";
import { readShifts } from "~/shifts/read-shifts.server";
import { ShiftsPage } from "~/shifts/shifts-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const { staff } = await requirePermission(request, "shifts.read");
  const read = await readShifts(new URL(request.url).searchParams);
  const { role } = staff;
  return { read, mayExport: isPermitted(role, "shifts.export"), mayChange: isPermitted(role, "shifts.reassign") };
}

export const meta: MetaFunction = () => [{ title: "Shifts · SecuryFlex ops" }];

export default function ShiftsRoute() {
  return <ShiftsPage {...useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
