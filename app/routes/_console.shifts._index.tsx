import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readShifts } from "~/shifts/read-shifts.server";
import { ShiftsPage } from "~/shifts/shifts-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.read");
  return readShifts(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "Shifts · SecuryFlex ops" }];

export default function ShiftsRoute() {
  return <ShiftsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
