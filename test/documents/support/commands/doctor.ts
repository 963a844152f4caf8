import {
  ALL,
  type Command,
  CTRL_C,
  FILE,
  INVALID_FILE,
  JSON_FORM,
  LOCKED_OUT,
  NO_CREDENTIALS,
  ONE_LOCKED_OUT,
  ofEnvironments,
  PEOPLE,
  TOP_OF_ALL,
} from '../row.ts'

export const doctor: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1, 130],
  rows: [
    { with: 'a tenant that is ready', file: FILE, code: 0, prints: 'doctor' },
    { with: 'no file', code: 0, prints: 'doctor' },
    { with: 'no credentials', file: FILE, env: NO_CREDENTIALS, code: 1, prints: 'doctor' },
    { with: 'something that a check stops', file: LOCKED_OUT, code: 1, prints: 'doctor' },
    INVALID_FILE,
    CTRL_C,

    ...ofEnvironments('doctor'),
    {
      with: 'all environments of which one is not ready',
      file: ONE_LOCKED_OUT,
      args: ALL,
      code: 1,
      prints: 'fleet',
      results: { dev: 'doctor', prod: 'doctor' },
      top: TOP_OF_ALL,
    },
  ],
}
