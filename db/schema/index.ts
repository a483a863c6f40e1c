export { finqleTransactions } from "./finqle-transactions";
export { gpsCheckins } from "./gps-checkins";
export { incidents } from "./incidents";
export { locations } from "./locations";
export { notifications } from "./notifications";
export { organizations } from "./organizations";
export { securityProfessionals } from "./security-professionals";
export { shiftStatuses, shifts } from "./shifts";
export { users } from "./users";
