/** One account of the demonstration, as `/local/accounts` shows it. */
export interface Account {
  readonly role: string;
  readonly name: string;
  /** What to type: patient number or e-mail address. */
  readonly signIn: string;
  readonly password: string;
  readonly totpSecret?: string | undefined;
  readonly pin?: string | undefined;
  readonly userId?: string | undefined;
  readonly patientId?: string | undefined;
  /** How many patients this person looks after. */
  readonly patients?: number | undefined;
  readonly note?: string | undefined;
}

/** A pill box of the demonstration with what its registration gave out once. */
export interface DemoBox {
  readonly boxId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** The patient's name. */
  readonly holder: string;
  /** IANA zone of the holder. */
  readonly zone: string;
  readonly uploadIntervalHours: number;
  /** Local `HH:mm` at which doses are due. */
  readonly doseTimes: readonly string[];
  /** Chance that a dose is taken; 0 leaves the lid to the buttons of the demonstration. */
  readonly takes: number;
  /** Where its numbering stands; counted on as it speaks, so that a kept state goes on where it was. Epoch ms. */
  boot: { bootId: string; at: number; seq: number };
  /** Its battery has given out. */
  dead: boolean;
}

/** What the seed made and somebody must know to use it. Kept with the state it belongs to. */
export interface DemoPeople {
  readonly accounts: Account[];
  readonly boxes: DemoBox[];
  /** Whose an address is: phone, e-mail, push or topic endpoint → name, as the page of messages shows it. */
  readonly contacts: Record<string, string>;
}

export function nobody(): DemoPeople {
  return { accounts: [], boxes: [], contacts: {} };
}
