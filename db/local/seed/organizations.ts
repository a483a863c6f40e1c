import { day, type Instant } from "../story/instant";
import { Random } from "../story/random";
import type { Place } from "./dutch-places";
import { type SectorId, sectorIds, sectors } from "./sectors";

export type Organization = {
  id: number;
  name: string;
  kind: "company" | "client";
  city: string;
  createdAt: Instant;
};

export type Company = Organization & { kind: "company" };

export type Client = Organization & { kind: "client"; sector: SectorId; place: Place; companyIds: number[] };

const companyCount = 30;
const clientCount = 220;

const companyNames: readonly string[] =
  `Noordzee Beveiliging|Delta Guard Security|Lage Landen Beveiliging|Hanze Security Group|Stelling Objectbeveiliging|
  Rijnmond Bewaking|Veste Security|Polder & Plein Beveiliging|Waterlinie Security|Brabantse Bewakingsdienst|De Poortwachters|Oranje Surveillance|
  IJssel Security Services|Maasland Beveiliging|Twentse Veiligheidsdienst|Zuiderzee Security|Schildwacht Nederland|Horizon Event Security|
  Nachtvlinder Bewaking|Kompas Veiligheid|Drie Provinciën Beveiliging|Amstel Guarding|Vuurtoren Security|Kroon Beveiligingsgroep|
  Randstad Objectwacht|Peel & Kempen Security|Friese Wacht|Wadden Beveiliging|Limes Security|Betuwe Bewaking`
    .split("|")
    .map((name) => name.trim());

const ownNames: Record<SectorId, readonly string[]> = {
  distribution: ["# Logistics", "# Fulfilment", "Transportgroep #", "# Distributie", "# Cold Chain"],
  construction: ["Bouwcombinatie #", "# Bouw", "Aannemersbedrijf #", "# Infra", "# Vastgoedontwikkeling"],
  retail: ["# Winkelcentra", "# Supermarkten", "# Retail Beheer", "Warenhuizen #"],
  office: ["# Verzekeringen", "# Kantoren", "Pensioenfonds #", "# Bank", "# Techniek"],
  municipality: ["Gemeente @"],
  hospital: ["Ziekenhuis @", "# Zorggroep @", "Medisch Centrum @"],
  event: ["# Events", "# Festivals", "Stichting Podia #"],
  "data centre": ["# Datacenters", "# Hosting"],
  museum: ["Museum @", "Stichting Erfgoed @"],
  port: ["Havenbedrijf @", "# Terminals @"],
  education: ["Hogeschool @", "ROC @", "Scholengroep # @"],
};

export const properNames: readonly string[] =
  `Vierlanden|Zonneveld|Merwede|Lindenhof|Hoogland|Overwater|Sterrenburg|Noorderlicht|Zilverlijn|Eikenrode|
  Westeinder|Kroonenburg|Waterrijk|Oostpoort|Goudenregen|Veldzicht|Meerwijk|De Schakel|Havenlicht|Klaverblad|Rozenburcht|Zuiderkruis|
  De Linde|Stadshart|Groenewoud|Molenwiek|Parkzicht|De Brug|Berkenrode|Vredenburg|De Waag|Leidsepoort|Bosrand|Duinrand|Kasteellaan|
  De Terp|Amperpark|Brandevoort|De Hoeve|Spoorzicht`
    .split("|")
    .map((name) => name.trim());

const portTowns = [
  "Rotterdam",
  "Amsterdam",
  "Vlissingen",
  "Terneuzen",
  "Delfzijl",
  "IJmuiden",
  "Den Helder",
  "Harlingen",
];

/** Security companies, ids from 1 on; each seat is in a town of more than 60,000. */
export function foundCompanies(seed: number, places: Place[], foundedBefore: Instant): Company[] {
  const towns = places.filter(({ population }) => population > 60_000);
  return Array.from({ length: companyCount }, (_, index) => {
    const random = new Random(seed, "company", index);
    return {
      id: index + 1,
      kind: "company",
      name: companyNames[index] as string,
      city: random.pick(towns).name,
      createdAt: Math.round(foundedBefore - random.between(300, 1500) * day),
    };
  });
}

/** Clients after the companies. A local one stands in its town and is the only one of its sector with its name. */
export function foundClients(
  seed: number,
  { places, drawPlace, companies, foundedBefore }: ClientSurroundings,
): Client[] {
  const taken = new Set<string>();
  const shares = sectorIds.map((id) => [Math.sqrt(sectors[id].share), id] as const);
  const ports = places.filter(({ name }) => portTowns.includes(name));
  return Array.from({ length: clientCount }, (_, index) => {
    const random = new Random(seed, "client", index);
    const sector = sectorIds[index] ?? random.weighted(shares);
    let place = drawPlace(random);
    let name = "";
    do {
      place = sector === "port" ? random.pick(ports) : drawPlace(random);
      name = random
        .pick(ownNames[sector])
        .replace("#", () => random.pick(properNames))
        .replace("@", place.name);
    } while (taken.has(name));
    taken.add(name);
    return {
      id: companies.length + index + 1,
      kind: "client",
      name,
      sector,
      place,
      city: place.name,
      companyIds: Array.from({ length: random.integer(1, 3) }, () => random.pick(companies).id),
      createdAt: Math.round(foundedBefore - random.between(100, 1200) * day),
    };
  });
}

type ClientSurroundings = {
  places: Place[];
  drawPlace: (random: Random) => Place;
  companies: Company[];
  foundedBefore: Instant;
};
