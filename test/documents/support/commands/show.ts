import { ALL, type Command, JSON_FORM, NO_CREDENTIALS, ofAll, PEOPLE, TWO, UNKNOWN_FLAG } from '../row.ts'

export const show: Command = {
  forms: [
    PEOPLE,
    ['people', '--format', 'table'],
    ['yaml', '--format', 'yaml'],
    JSON_FORM,
    ['json', '--format=json'],
  ],
  codes: [0, 1, 130],
  rows: [
    { with: 'a tenant', code: 0, prints: 'show' },
    {
      with: 'settings that cannot be read',
      tenant: { plan: 'free' },
      code: 0,
      prints: 'show',
    },
    {
      with: 'factors that are not known',
      tenant: { extraFactors: [{ name: 'passkey', enabled: true }] },
      code: 0,
      prints: 'show',
    },
    {
      with: 'no credentials',
      env: NO_CREDENTIALS,
      code: 1,
      prints: 'error',
      error: 'credentials_missing',
    },
    UNKNOWN_FLAG,
    {
      with: 'Ctrl-C',
      interrupted: 'GET /guardian/factors',
      code: 130,
      prints: 'error',
      error: 'interrupted',
    },

    {
      with: 'an environment',
      file: TWO,
      args: ['--env', 'prod'],
      code: 0,
      prints: 'show',
      environment: 'prod',
    },
    { ...ofAll('show'), only: ['people', 'json'] },
    {
      with: 'all environments',
      file: TWO,
      args: ALL,
      only: ['yaml'],
      code: 1,
      prints: 'error',
    },
    {
      with: 'no environment where there are some',
      file: TWO,
      code: 1,
      prints: 'error',
      error: 'usage',
    },
  ],
}
