import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";

import { requirePermission } from "~/auth/require.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "account.read");
  throw data(null, { status: 404 });
}

export const meta: MetaFunction = () => [{ title: "Not found · SecuryFlex ops" }];

export default function UnknownAddress() {
  return null;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
