import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerAlarms, readFeed } from "~/live/feed/alarms.server";
import { AlarmsPage } from "~/live/feed/alarms-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return readFeed(request, signedIn);
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "live.respond");
  const { result, status } = await answerAlarms(request, signedIn);
  return data(result, { status });
}

export const meta: MetaFunction = () => [{ title: "Alarms · SecuryFlex ops" }];

export default function AlarmsRoute() {
  return <AlarmsPage feed={useLoaderData<typeof loader>()} answered={useActionData<typeof action>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
