import { type Command, JSON_FORM, PEOPLE, TWO } from '../row.ts'

const BOTH = ['--env', 'dev', '--env', 'prod'] as const
const LIVE = [...BOTH, '--live'] as const
const TOP = /^no tenant \(dev\) and no tenant \(prod\)$/
const TOP_OF_SANDBOX = /^sandbox \(dev\) and sandbox \(prod\)$/
const ALIKE = 'environments: { dev: { policy: never }, prod: { policy: never } }'
const SECRETS = `environments:
  dev: { factors: { duo: { skey: "\${ONE}", host: a.example }, email: { otp_length: 6 } } }
  prod: { factors: { duo: { skey: "\${OTHER}" }, phone: { message_types: [voice, sms], twilio: { from: null } } } }`

export const diff: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1, 2, 130],
  rows: [
    { with: 'two environments', file: TWO, args: BOTH, code: 0, prints: 'diff', top: TOP },
    { with: 'two that are alike', file: ALIKE, args: BOTH, code: 0, prints: 'diff', top: TOP },
    { with: 'secrets and all kinds of values', file: SECRETS, args: BOTH, code: 0, prints: 'diff', top: TOP },
    {
      with: 'two environments and --detailed-exitcode',
      file: TWO,
      args: [...BOTH, '--detailed-exitcode'],
      code: 2,
      prints: 'diff',
      top: TOP,
    },
    {
      with: 'two tenants',
      file: TWO,
      after: [['apply', '--yes', '--env', 'prod', '--domain', 'sandbox']],
      args: [...LIVE, '--domain', 'sandbox', '--detailed-exitcode'],
      code: 2,
      prints: 'diff',
      top: TOP_OF_SANDBOX,
    },
    {
      with: 'tenants of which much cannot be read',
      file: 'environments: { dev: { tenant: "TENANT" }, prod: { tenant: "TENANT" } }',
      tenant: { plan: 'free' },
      args: LIVE,
      code: 0,
      prints: 'diff',
      top: /^127\.0\.0\.1:\d+ \(dev\) and 127\.0\.0\.1:\d+ \(prod\)$/,
    },
    {
      with: 'one environment',
      file: TWO,
      args: ['--env', 'dev'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
    {
      with: 'Ctrl-C',
      file: 'environments: { dev: { tenant: "TENANT" }, prod: { tenant: "TENANT" } }',
      args: LIVE,
      interrupted: 'GET /guardian/factors',
      code: 130,
      prints: 'error',
      error: 'interrupted',
    },
  ],
}
