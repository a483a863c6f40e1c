import { CalendarClock, Database, Gauge, type LucideIcon, Radar, ScrollText, Users, Wrench } from "lucide-react";

import type { RoomId } from "~/auth/rooms";

const icons: Record<RoomId, LucideIcon> = {
  live: Radar,
  shifts: CalendarClock,
  sla: Gauge,
  database: Database,
  operations: Wrench,
  audit: ScrollText,
  staff: Users,
};

export function RoomIcon({ room }: { room: RoomId }) {
  const Icon = icons[room];
  return <Icon className="size-4 shrink-0" strokeWidth={1.75} />;
}
