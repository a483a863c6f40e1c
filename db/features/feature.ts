import type { SQL } from "drizzle-orm";

export type FeatureState = "available" | "limited" | "missing" | "unknown";

export type Judgement = {
  state: FeatureState;
  /** What is there, or what is lacking: one sentence. */
  sentence: string;
  /** SQL that an owner of the server may run; null where nothing is lacking or no SQL cures it. */
  remedy: string | null;
};

/** Something of the console that depends on what the database has and permits. */
export type Feature<Facts = Record<string, unknown>> = {
  id: string;
  title: string;
  /** What the console does with it, one sentence. */
  purpose: string;
  /** Extension, privilege, setting or migration. */
  needs: string;
  /** One row of facts from the catalogs, readable by everybody who may connect. */
  query: SQL;
  judge: (facts: Facts) => Judgement;
};

export type FeatureReading = Judgement & Pick<Feature, "id" | "title" | "purpose" | "needs">;

/** Facts are checked where they are judged; the list holds features of every kind. */
export function defineFeature<Facts>(feature: Feature<Facts>): Feature {
  return feature as unknown as Feature;
}

export function available(sentence: string): Judgement {
  return { state: "available", sentence, remedy: null };
}

export function limited(sentence: string, remedy: string | null): Judgement {
  return { state: "limited", sentence, remedy };
}

export function missing(sentence: string, remedy: string | null): Judgement {
  return { state: "missing", sentence, remedy };
}
