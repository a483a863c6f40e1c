import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { MessagesPage } from "~/operations/messages-page";
import { readTroubledMessages } from "~/operations/read-messages.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.read");
  return readTroubledMessages(signedIn);
}

export const meta: MetaFunction = () => [{ title: "Messages · SecuryFlex ops" }];

export default function MessagesRoute() {
  return <MessagesPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
