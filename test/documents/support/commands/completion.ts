import { type Command, JSON_FORM, PEOPLE, type Row, UNKNOWN_FLAG } from '../row.ts'

const scriptFor = (shell: string): Row => ({
  with: `a script for ${shell}`,
  args: [shell],
  only: ['people'],
  code: 0,
  top: /\S/,
})

export const completion: Command = {
  forms: [PEOPLE, JSON_FORM],
  codes: [0, 1],
  rows: [
    ...['bash', 'zsh', 'fish'].map(scriptFor),
    { with: 'no shell', code: 1, prints: 'error', error: 'usage' },
    { with: 'a shell that is not known', args: ['csh'], code: 1, prints: 'error', error: 'usage' },
    UNKNOWN_FLAG,
  ],
}
