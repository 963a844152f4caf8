import { type Command, FILE, INVALID_FILE, JSON_FORM, ONE_OF_TWO, PEOPLE, TWO } from '../row.ts'

export const validate: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1, 3],
  rows: [
    {
      with: 'a file',
      file: FILE,
      code: 0,
      prints: 'validate',
      top: /^standard input: valid\.$/,
    },
    {
      with: 'findings that do not stop it',
      file: 'policy: always\nfactors: { otp: true, recovery-code: false }',
      code: 0,
      prints: 'validate',
      top: /F06/,
    },
    {
      with: 'the explanation of a check',
      args: ['--explain', 'F01'],
      code: 0,
      prints: 'explain',
      top: /^F01 {2}/,
    },
    INVALID_FILE,
    {
      with: 'a reference without a value',
      file: 'factors: { duo: { skey: "${NOT_SET}" } }',
      code: 1,
      prints: 'error',
      error: 'reference_unset',
    },
    {
      with: 'the explanation of no check',
      args: ['--explain', 'Z99'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
    {
      with: 'something that a check stops',
      file: 'session: { mfa_session_overall_timeout: 1h, mfa_session_inactivity_timeout: 2h }',
      code: 3,
      prints: 'error',
      error: 'check_failed',
      people: 'result',
      top: /✗ S01/,
    },

    {
      with: 'an environment',
      file: TWO,
      args: ['--env', 'prod'],
      code: 0,
      prints: 'validate',
      environment: 'prod',
      top: /^standard input \(prod\): valid/,
    },
    {
      with: 'all environments',
      file: TWO,
      args: ['--all'],
      code: 0,
      prints: 'fleet',
      results: { dev: 'validate', prod: 'validate' },
      top: /dev/,
    },
    {
      with: 'all environments of which one fails',
      file: ONE_OF_TWO,
      args: ['--all'],
      code: 1,
      prints: 'fleet',
      results: { dev: 'validate', prod: 'reference_unset' },
      top: /dev/,
    },
    {
      with: 'all environments of which a check stops one',
      file: `environments:
  dev: {}
  prod: { session: { mfa_session_overall_timeout: 1h, mfa_session_inactivity_timeout: 2h } }`,
      args: ['--all'],
      code: 3,
      prints: 'fleet',
      results: { dev: 'validate', prod: 'validate' },
      top: /dev/,
    },
  ],
}
