import { type Command, JSON_FORM, PEOPLE } from '../row.ts'

export const sandbox: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1],
  rows: [
    // What it prints while it serves is in test/process: it ends with Ctrl-C alone.
    { with: 'nothing but --reset', args: ['--reset'], code: 0, people: 'nothing' },
    {
      with: 'a port that there is not',
      args: ['--port', '99999'],
      code: 1,
      prints: 'error',
      error: 'usage',
    },
  ],
}
