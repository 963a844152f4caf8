import { type Command, JSON_FORM, PEOPLE } from '../row.ts'

const DEPLOY_CLI = `guardianFactors: [{ name: otp, enabled: true }, { name: passkey, enabled: true }]
guardianPolicies: { policies: [all-applications] }
`
const TOP = /mfa-config\.yaml/

export const init: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1, 130],
  rows: [
    { with: 'a preset', args: ['--preset', 'minimal'], code: 0, prints: 'init', top: TOP },
    { with: 'a tenant', args: ['--from-tenant'], code: 0, prints: 'init', top: TOP },
    {
      with: 'a tenant of which much cannot be read',
      tenant: { plan: 'free' },
      args: ['--from-tenant'],
      code: 0,
      prints: 'init',
      top: TOP,
    },
    {
      with: 'a file of the Deploy CLI',
      files: { 'tenant.yaml': DEPLOY_CLI },
      args: ['--from', 'tenant.yaml'],
      code: 0,
      prints: 'init',
      top: TOP,
    },
    {
      with: 'the file as the result',
      args: ['--preset', 'minimal', '--out', '-'],
      only: ['people'],
      code: 0,
      top: /^#/,
    },
    {
      with: 'the file as the result, which is no JSON',
      args: ['--preset', 'minimal', '--out', '-'],
      only: ['json'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
    { with: 'nothing to start from', code: 1, prints: 'error', error: 'usage' },
    {
      with: 'a file that is there already',
      files: { 'mfa-config.yaml': 'policy: never' },
      args: ['--preset', 'minimal'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
    {
      with: 'a file that is not of the Deploy CLI',
      files: { 'tenant.yaml': '{' },
      args: ['--from', 'tenant.yaml'],
      code: 1,
      prints: 'error',
      error: 'config_invalid',
    },
    {
      with: 'Ctrl-C',
      args: ['--from-tenant'],
      interrupted: 'GET /guardian/factors',
      code: 130,
      prints: 'error',
      error: 'interrupted',
    },
  ],
}
