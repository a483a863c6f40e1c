export type SectorId =
  | "distribution"
  | "construction"
  | "retail"
  | "office"
  | "municipality"
  | "hospital"
  | "event"
  | "data centre"
  | "museum"
  | "port"
  | "education";

/** A span of the week: days from Sunday 0 to Saturday 6, local minutes after midnight, length in hours. */
export type Slot = { days: readonly number[]; startMinutes: number; hours: number };

export type Sector = {
  /** Of all locations. */
  share: number;
  radiusMeters: readonly [least: number, most: number];
  /** `*` stands for a part of town, `#` for a name of its own, `@` for the town. */
  siteNames: readonly string[];
  post: string;
  /** Euro an hour. */
  hourlyRate: readonly [least: number, most: number];
  slots: readonly Slot[];
  isIndustrial: boolean;
  /** The client has all its sites in one town and around. */
  isLocal: boolean;
};

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const weekdays = [1, 2, 3, 4, 5];
const weekend = [0, 6];
const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const slot = (days: readonly number[], start: string, hours: number): Slot => ({
  days,
  startMinutes: at(start),
  hours,
});
const threeShifts = [slot(everyDay, "07:00", 8), slot(everyDay, "15:00", 8), slot(everyDay, "23:00", 8)];

export const sectors: Record<SectorId, Sector> = {
  distribution: {
    share: 19,
    radiusMeters: [150, 600],
    siteNames: ["DC @-*", "Distributiecentrum @ *", "Crossdock @-*", "Hub @-*"],
    post: "Object security",
    hourlyRate: [25, 33],
    slots: [
      slot(weekdays, "06:00", 8),
      slot(weekdays, "14:00", 8),
      slot(everyDay, "22:00", 8),
      slot(weekend, "06:00", 12),
    ],
    isIndustrial: true,
    isLocal: false,
  },
  construction: {
    share: 18,
    radiusMeters: [50, 250],
    siteNames: ["Bouwplaats # @", "Nieuwbouw # @", "Project # @-*"],
    post: "Construction site watch",
    hourlyRate: [23, 30],
    slots: [slot(everyDay, "18:00", 12), slot(weekend, "06:30", 11.5)],
    isIndustrial: false,
    isLocal: false,
  },
  retail: {
    share: 16,
    radiusMeters: [50, 200],
    siteNames: ["Winkelcentrum # @", "Winkelhof @ *", "Supermarkt @-*", "Woonboulevard @"],
    post: "Retail security",
    hourlyRate: [23, 30],
    slots: [
      slot([1, 2, 3, 6], "09:30", 8.5),
      slot([4, 5], "12:00", 9),
      slot([4, 5], "09:30", 8),
      slot([0], "12:00", 5.5),
    ],
    isIndustrial: false,
    isLocal: false,
  },
  office: {
    share: 13,
    radiusMeters: [50, 120],
    siteNames: ["Kantoor @ *", "Kantoorpark # @", "Hoofdkantoor @ *"],
    post: "Reception and access control",
    hourlyRate: [24, 32],
    slots: [slot(weekdays, "07:00", 9), slot(weekdays, "14:00", 8), slot(everyDay, "22:00", 9)],
    isIndustrial: false,
    isLocal: false,
  },
  municipality: {
    share: 10,
    radiusMeters: [50, 150],
    siteNames: ["Stadhuis @", "Gemeenteloket @ *", "Milieustraat @-*", "Opvanglocatie # @", "Bibliotheek @ *"],
    post: "Host and public order",
    hourlyRate: [25, 33],
    slots: [slot(weekdays, "08:00", 9), slot([4], "13:00", 8), ...threeShifts.slice(1)],
    isIndustrial: false,
    isLocal: true,
  },
  hospital: {
    share: 7,
    radiusMeters: [120, 400],
    siteNames: ["Ziekenhuis @ *", "Polikliniek @ *", "Spoedeisende hulp @", "Zorgcentrum # @"],
    post: "Hospital security",
    hourlyRate: [27, 36],
    slots: threeShifts,
    isIndustrial: false,
    isLocal: true,
  },
  event: {
    share: 5,
    radiusMeters: [100, 800],
    siteNames: ["Poppodium # @", "Stadion @", "Evenementenhal @ *", "Festivalterrein @-*"],
    post: "Event security",
    hourlyRate: [28, 42],
    slots: [slot([5, 6], "18:00", 8), slot([5, 6], "20:00", 8.5), slot([4], "19:00", 6), slot([0, 6], "12:00", 9)],
    isIndustrial: false,
    isLocal: false,
  },
  "data centre": {
    share: 3,
    radiusMeters: [100, 350],
    siteNames: ["Datacenter @-*", "Datacenter # @"],
    post: "Access control",
    hourlyRate: [30, 40],
    slots: [slot(everyDay, "07:00", 12), slot(everyDay, "19:00", 12)],
    isIndustrial: true,
    isLocal: false,
  },
  museum: {
    share: 3,
    radiusMeters: [50, 120],
    siteNames: ["Museum # @", "Stadsmuseum @", "Depot @-*"],
    post: "Museum security",
    hourlyRate: [24, 30],
    slots: [slot([0, 2, 3, 4, 5, 6], "09:30", 8), slot(everyDay, "17:30", 12)],
    isIndustrial: false,
    isLocal: true,
  },
  port: {
    share: 3,
    radiusMeters: [300, 1000],
    siteNames: ["Terminal # @", "Havengebied @-*", "Kade # @"],
    post: "Port security (ISPS)",
    hourlyRate: [30, 41],
    slots: threeShifts,
    isIndustrial: true,
    isLocal: true,
  },
  education: {
    share: 3,
    radiusMeters: [80, 300],
    siteNames: ["Campus @ *", "College # @", "Hogeschool @ *"],
    post: "Campus security",
    hourlyRate: [24, 31],
    slots: [slot(weekdays, "07:30", 9), slot(weekdays, "15:00", 8)],
    isIndustrial: false,
    isLocal: true,
  },
};

export const sectorIds = Object.keys(sectors) as SectorId[];
