import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

import { firstPages } from "~/auth/permissions";
import { requirePermission } from "~/auth/require.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const { staff } = await requirePermission(request, "account.read");
  return redirect(firstPages[staff.role]);
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
