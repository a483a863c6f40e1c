import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { roomsFor } from "~/auth/rooms";
import { Shell } from "~/ui/shell/shell";

export async function loader({ request }: LoaderFunctionArgs) {
  const { staff } = await requirePermission(request, "account.read");
  const { fullName, email, role } = staff;
  return { staff: { fullName, email, role }, rooms: roomsFor(role), renderedAt: new Date() };
}

export { stayOnNavigation as shouldRevalidate } from "~/ui/stay-on-navigation";

export default function ConsoleLayout() {
  const { staff, rooms, renderedAt } = useLoaderData<typeof loader>();
  return (
    <Shell staff={staff} rooms={rooms} renderedAt={renderedAt}>
      <Outlet />
    </Shell>
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
