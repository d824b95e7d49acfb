/** One account of the demonstration, as `/local/accounts` shows it. */
export interface Account {
  readonly role: string;
  readonly name: string;
  /** What to type: patient number or e-mail address. */
  readonly signIn: string;
  readonly password: string;
  readonly totpSecret?: string;
  readonly pin?: string;
  readonly userId?: string;
  readonly patientId?: string;
  readonly note?: string;
}

/** A pill box of the demonstration with what its registration gave out once. */
export interface DemoBox {
  readonly boxId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly holder: string;
  readonly zone: string;
  readonly uploadIntervalHours: number;
}

/** What the seed made and somebody must know to use it. Kept with the state it belongs to. */
export interface DemoPeople {
  readonly accounts: Account[];
  readonly boxes: DemoBox[];
}
