import type { Role } from "./permissions";

export type SignedIn = {
  staff: { id: string; email: string; fullName: string; role: Role };
  session: { id: string; createdAt: Date; expiresAt: Date };
};
