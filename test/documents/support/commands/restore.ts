import { type Command, FILE, JSON_FORM, LOCKED_OUT, PEOPLE } from '../row.ts'

const UNATTENDED = ['old.yaml', '--yes', '--snapshot', 'none']

export const restore: Command = {
  forms: [PEOPLE, ['people', '--format', 'human'], JSON_FORM],
  codes: [0, 1, 3, 4, 130],
  rows: [
    { with: 'a snapshot', files: { 'old.yaml': FILE }, args: UNATTENDED, code: 0, prints: 'apply' },
    {
      with: 'a snapshot of what is there',
      files: { 'old.yaml': 'policy: never' },
      args: UNATTENDED,
      code: 0,
      prints: 'apply',
    },
    { with: 'no snapshot', args: ['--yes'], code: 1, prints: 'error', error: 'usage' },
    {
      with: 'nobody to ask',
      files: { 'old.yaml': FILE },
      args: ['old.yaml'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
    {
      with: 'something that a check stops',
      files: { 'old.yaml': LOCKED_OUT },
      args: UNATTENDED,
      code: 3,
      prints: 'error',
      error: 'check_failed',
      people: 'result, then error',
    },
    {
      with: 'a write that fails',
      files: { 'old.yaml': FILE },
      args: UNATTENDED,
      faults: [{ method: 'PUT', path: '/guardian/factors/email', answer: { status: 400, body: '{}' } }],
      code: 4,
      prints: 'apply',
      error: 'apply_incomplete',
    },
    {
      with: 'Ctrl-C between two writes',
      files: { 'old.yaml': FILE },
      args: UNATTENDED,
      interrupted: 'PUT /guardian/factors/email',
      code: 130,
      prints: 'apply',
      error: 'interrupted',
    },
  ],
}
