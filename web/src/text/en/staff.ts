/** Words of the frame around every staff screen. */
export const words = {
  live: 'Live',
  'live.off': 'Not live',
  me: '{{name}}, my account',
  'me.says': 'My account, notices, leave the desk',
  find: 'Find a patient',
  more: 'More',
  worklist: 'Worklist',
  patients: 'Patients',
  enrol: 'Enrol',
  'clinic-day': 'Clinic day',
  boxes: 'Boxes',
  keys: 'All keys',
  'keys.title': 'Keys of this screen',
  teams: 'Teams',
  staff: 'Staff',
  quarantine: 'Quarantine',
};
