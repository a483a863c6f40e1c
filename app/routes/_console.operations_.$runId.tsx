import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { MessagesSection } from "~/operations/messages-section";
import { readRunMessages } from "~/operations/read-messages.server";
import { decideRun, readRunPage } from "~/operations/run.server";
import { RunPage } from "~/operations/run-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  const read = await readRunPage(params.runId, signedIn);
  return { read, messages: await readRunMessages(read.run, signedIn) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  return decideRun(request, params.runId, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${data.read.title}: ${data.read.run.target}` : "Operations"} · SecuryFlex ops` },
];

export default function RunRoute() {
  const { read, messages } = useLoaderData<typeof loader>();
  return (
    <RunPage read={read} refusal={useActionData<typeof action>()?.message}>
      {messages.deliveries.length > 0 && <MessagesSection read={messages} />}
    </RunPage>
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
