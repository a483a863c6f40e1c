import type { Random } from "../story/random";

const firstNames = words(`
  Daan Sem Lucas Levi Finn Noah Luuk Bram Mees Thomas Jesse Lars Tim Jeroen Mark Dennis Rick Sander Bas Wouter Pieter Jan Kees
  Henk Willem Gerrit Johan Erik Marcel Ronald Peter Rob Frank Michel Patrick Stefan Niels Roy Danny Kevin Mike Jordy Sjoerd Jelle
  Emma Julia Sanne Lisa Anouk Femke Lotte Fleur Iris Eva Anna Maria Linda Monique Esther Petra Ingrid Mariska Wendy Kim Laura
  Mohamed Youssef Bilal Hamza Ayoub Omar Karim Rachid Said Fatima Khadija Naima Samira Mehmet Emre Murat Yusuf Ali Mustafa Elif Zeynep Ayse
  Jairo Jermaine Romano Winston Sherwin Rodney Cheryl Shanice Priscilla Ravi Sunil Anil Soraya Reshma Ashwin
  Piotr Tomasz Marcin Katarzyna Agnieszka Andrei Ion Elena Dimitar Ivan Wei Li Minh Ahmed Yonas Samuel Abdi Hodan Dawit Rami Nour`);

const plainNames = words(`
  Jansen Bakker Visser Smit Meijer Mulder Bos Peters Hendriks Dekker Brouwer Koster Willems Hoekstra Kuipers Postma Jacobs Kok
  Huisman Schouten Prins Huizinga Dijkstra Veenstra Bosma Kramer Groen Maas Verhoeven Timmermans Hermans Martens Claessen Smeets
  Yilmaz Kaya Demir Celik Sahin Ozturk Aydin Arslan Dogan Yildiz Bouazza Amrani Benali Bakkali Chaoui Idrissi Tahiri Ouali
  Martina Maduro Rosario Koeiman Wijngaarde Pinas Ramdin Jagesar Ramlal Mohan Soekhai Kromosoeto Wongsodikromo Manuhutu Sahetapy
  Kowalski Nowak Wisniewski Wojcik Popescu Ionescu Petrov Nguyen Chen Hassan Tesfay Mohamud Haddad Khalil Costa Silva`);

const prefixedNames: readonly string[] =
  `de Jong|de Vries|van den Berg|van Dijk|de Boer|de Groot|van der Meer|van Leeuwen|
  van der Linden|de Haan|van Dam|van den Heuvel|van der Heijden|van der Veen|de Bruin|van der Wal|van Vliet|van de Ven|
  van den Broek|de Wit|van der Horst|van Beek|van der Laan|van Doorn|ter Horst|ten Brink|in 't Veld|van 't Hof|de Lange|
  van der Pol|el Idrissi|el Amrani|ait Taleb|van der Velde|den Hartog|op den Kamp|van Es|te Velde`
    .split("|")
    .map((name) => name.trim());

export type PersonName = { first: string; last: string };

/** A name as one hears in the Netherlands, tussenvoegsel included. */
export function drawPersonName(random: Random): PersonName {
  return { first: random.pick(firstNames), last: random.pick(random.chance(0.33) ? prefixedNames : plainNames) };
}

/** Unique by `number`; the domain belongs to nobody (RFC 2606). */
export function emailOf({ first, last }: PersonName, number: number): string {
  return `${first}.${last}.${number}@securyflex.example`.toLowerCase().replace(/[ ']/g, "");
}

/** Numbers that begin with 06 0 are given to nobody. */
export function drawPhone(random: Random): string {
  return `+31 6 0${random.integer(100, 999)} ${random.integer(1000, 9999)}`;
}

const streets = words(`
  Dorpsstraat Kerkstraat Molenstraat Stationsstraat Schoolstraat Beatrixlaan Wilhelminastraat Julianastraat Nieuwstraat Hoofdstraat
  Raadhuisplein Marktplein Parallelweg Ringbaan Singel Oranjelaan Beukenlaan Eikenlaan Lindelaan Kastanjelaan Vondelstraat
  Rembrandtlaan Rijksweg Zuiderzeestraat Emmastraat Torenstraat Havenstraat Kanaalweg Spoorlaan Burgemeesterlaan`);

const industrialStreets = words(`
  Industrieweg Transportweg Havenweg Handelsweg Ambachtsweg Nijverheidsweg Energieweg Techniekweg Logistiekweg Expeditieweg
  Marconistraat Edisonweg Voltaweg Ampèrestraat Newtonweg Einsteinstraat Distributieweg Vrijheidweg Kade Containerweg`);

export function drawAddress(random: Random, { isIndustrial }: { isIndustrial: boolean }): string {
  const number = random.integer(1, random.chance(0.2) ? 420 : 90);
  const suffix = random.chance(0.12) ? random.pick(["a", "b", "-1", "-II"]) : "";
  return `${random.pick(isIndustrial ? industrialStreets : streets)} ${number}${suffix}`;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
