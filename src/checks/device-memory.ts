import type { Check } from './check.ts'

const PATH = 'risk.new_device.remember_for'
/** Days. Auth0's default; its documentation warns of more. */
const USUAL = 30

/** P05. */
export const deviceMemory: Check = {
  id: 'P05',
  title: 'A device counts as known for more than 30 days',
  severities: ['warning'],
  why: 'The longer a device counts as known, the longer a stolen or shared one raises no suspicion.',
  remedy: 'Set risk.new_device.remember_for to 30 or less.',

  judge: ({ after }) => {
    const days = after(PATH)
    if (typeof days !== 'number' || days <= USUAL) return []
    const message = `A device counts as known for ${days} days, more than the usual ${USUAL}: a stolen one raises no suspicion for as long. Set it to ${USUAL} or less.`
    return [{ severity: 'warning', path: PATH, message }]
  },
}
