import type { Check } from './check.ts'

const SWITCH = 'factors.recovery-code.enabled'

/** F06. */
export const recovery: Check = {
  id: 'F06',
  title: 'MFA is required and recovery codes are off',
  explanation: `A user who loses the device that holds their only factor cannot log in any more. With recovery codes on, Auth0 hands each
user a code at enrolment that works once in place of the factor. Without them an admin has to reset the user's MFA,
for each such user, after making sure who is asking.
What to do: switch recovery-code on, or accept it with allow: [F06] where the help desk is prepared.`,

  judge: ({ after }) => {
    const policy = after('policy')
    if (policy === undefined || policy === 'never' || after(SWITCH) !== false) return []
    const message = 'Recovery codes are off: a user who loses their device needs an admin.'
    return [{ severity: 'warning', path: SWITCH, message }]
  },
}
