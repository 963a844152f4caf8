/** Colours, as functions from text to text. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

const same = (text: string): string => text

/** No colours at all: for pipes, files and `NO_COLOR`; then chalk is not loaded either. */
export const PLAIN: Paint = { bold: same, dim: same, red: same, green: same, yellow: same }

/** What decides on colours for one stream. */
export interface ColourQuestion {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
  /** `--no-color`. */
  readonly refused: boolean
}

/** `--no-color` and a non-empty `NO_COLOR` win, then `FORCE_COLOR`, then whether a person is looking. */
export async function choosePaint({ env, isTerminal, refused }: ColourQuestion): Promise<Paint> {
  const forced = env.FORCE_COLOR !== undefined && !['', '0', 'false'].includes(env.FORCE_COLOR)
  const looking = isTerminal && env.TERM !== 'dumb' && !['0', 'false'].includes(env.FORCE_COLOR ?? '')
  if (refused || env.NO_COLOR || !(forced || looking)) return PLAIN
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
