import type { Check } from './check.ts'

const SWITCH = 'factors.recovery-code.enabled'

/** F06. */
export const recovery: Check = {
  id: 'F06',
  title: 'MFA is required and recovery codes are off',
  severities: ['warning'],
  why: 'A user who loses the device with their only factor can log in with a recovery code, once. Without codes, an admin has to make sure who is asking and reset their MFA.',
  remedy: 'Switch recovery-code on, or accept it where the help desk is prepared.',

  judge: ({ after }) => {
    const policy = after('policy')
    if (policy === undefined || policy === 'never' || after(SWITCH) !== false) return []
    const message = 'Recovery codes are off: a user who loses their device needs an admin.'
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
