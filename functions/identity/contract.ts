/** Shapes of identity that cross a wire, and every route of `/api/auth` and `/api/identity`. */
export { Role } from '../shared/shapes.ts';
export * from './consent.ts';
export * from './enrol-shapes.ts';
export * from './language-shapes.ts';
export * from './patient-shapes.ts';
export * from './sign-in-shapes.ts';

/**
 * Without sign-in. All are POST, need an `Origin` of ours and the header `x-careconnect-csrf: 1`. Unknown accounts are
 * answered like known ones. Problems by `type`: `/problems/wrong-credentials`, `/problems/wrong-code`
 * (go on with its `state` when it has one), `/problems/state-expired` (start again), `/problems/too-many-tries` (429, Retry-After), `/problems/pin-needed` (401,
 * with the fields of LockedDevice), `/problems/wrong-pin` (with `triesLeft`), `/problems/signed-out` (401).
 */
export const authRoutes = {
  /** PasswordSignIn → SignInStep (done | totp | totp-setup | new-password) */
  signIn: 'POST /api/auth/sign-in',
  /** PhoneSignIn → code-sent */
  sendCode: 'POST /api/auth/phone',
  /** CodeInput → done */
  confirmCode: 'POST /api/auth/phone/confirm',
  /** CodeInput → done */
  confirmTotp: 'POST /api/auth/totp',
  /** CodeInput → done */
  confirmTotpSetup: 'POST /api/auth/totp-setup',
  /** NewPasswordInput → totp-setup | done */
  setNewPassword: 'POST /api/auth/new-password',
  /** Who is trusted on this device? {} → LockedDevice, or 204 when nobody */
  device: 'POST /api/auth/device',
  /** UnlockInput → done */
  unlock: 'POST /api/auth/unlock',
  /** {} → 204: this device asks for the PIN from now on */
  lock: 'POST /api/auth/lock',
  /** {} → Grant; 401 `pin-needed` (locked) or `signed-out` */
  refresh: 'POST /api/auth/refresh',
  /** {} → 204 */
  signOut: 'POST /api/auth/sign-out',
  /** RegisterInput → code-sent */
  register: 'POST /api/auth/register',
  /** ConfirmRegistrationInput → done */
  confirmRegistration: 'POST /api/auth/register/confirm',
  /** ForgotPasswordInput → code-sent */
  forgotPassword: 'POST /api/auth/forgot',
  /** ConfirmPasswordInput → 204, then sign in */
  confirmPassword: 'POST /api/auth/forgot/confirm',
  /** OpenInvitationInput → InvitationView */
  invitation: 'POST /api/auth/invitation',
  /** JoinInput → done */
  join: 'POST /api/auth/join',
} as const;

const patient = '/api/identity/patients/{patientId}';
const team = '/api/identity/teams/{teamId}';

export const identityRoutes = {
  /** → Me, ETag */
  me: 'GET /api/identity/me',
  /** MeInput, If-Match → Me */
  changeMe: 'PATCH /api/identity/me',
  /** PinInput → 204 */
  setPin: 'PUT /api/identity/me/pin',
  /** ChangePasswordInput → 204 */
  changePassword: 'PUT /api/identity/me/password',
  /** → SessionsView */
  sessions: 'GET /api/identity/me/sessions',
  revokeSession: 'DELETE /api/identity/me/sessions/{sessionId}',
  /** {} → 204: every device, this one too */
  signOutEverywhere: 'POST /api/identity/me/sign-out-everywhere',
  /** OpenInvitationInput → 204: for who has an account already */
  acceptInvitation: 'POST /api/identity/me/invitations',
  /** EnrolRequest → EnrolmentView; the id is made by the caller, once per patient. `null` takes a box or supporter back */
  enrol: `PUT ${team}/enrolments/{enrolmentId}`,
  /** → EnrolmentView */
  enrolment: `GET ${team}/enrolments/{enrolmentId}`,
  /** the open ones → EnrolmentsView */
  enrolments: `GET ${team}/enrolments`,
  /** {} → EnrolmentView: "the box was opened" or "finish later" has no more to wait for */
  finishEnrolment: `POST ${team}/enrolments/{enrolmentId}/finish`,
  /** only while there is no patient yet → 204 */
  abandonEnrolment: `DELETE ${team}/enrolments/{enrolmentId}`,
  /** `?card` (with or without hyphens) → { patientId, code, name } of this team */
  findByCard: `GET ${team}/card`,
  /** → PatientProfile, ETag */
  profile: `GET ${patient}`,
  /** ProfileChange, If-Match → PatientProfile */
  changeProfile: `PATCH ${patient}`,
  /** {} → ActivationView: by which the patient makes an account */
  activation: `POST ${patient}/activation`,
  /** → ConsentsView, newest first */
  consents: `GET ${patient}/consents`,
  /** ConsentInput → ConsentView */
  addConsent: `POST ${patient}/consents`,
  /** WithdrawInput → ConsentView */
  withdrawConsent: `POST ${patient}/consents/{consentId}/withdraw`,
  /** → SupportersView */
  supporters: `GET ${patient}/supporters`,
  /** SupporterInput → SupporterView */
  addSupporter: `POST ${patient}/supporters`,
  /** SupporterChange → SupporterView */
  changeSupporter: `PATCH ${patient}/supporters/{supporterId}`,
  /** at once → 204 */
  removeSupporter: `DELETE ${patient}/supporters/{supporterId}`,
} as const;
