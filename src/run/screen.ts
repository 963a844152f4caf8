import type { Host } from '../host.ts'
import { choosePaint, type Paint } from '../views/paint.ts'
import type { CommonOptions } from './options.ts'

/** The colours for what a person sees on one of the streams. */
export function paintFor(
  { env, terminal }: Host,
  { color }: Pick<CommonOptions, 'color'>,
  stream: 'out' | 'err' = 'out',
): Promise<Paint> {
  return choosePaint({ env, isTerminal: terminal[stream], refused: !color })
}

/** Prints a text for people: on a terminal in lines that are no longer than it is wide. */
export async function print(host: Host, text: string, stream: 'out' | 'err' = 'out'): Promise<void> {
  const width = host.terminal[stream] ? host.terminal.columns : undefined
  if (width === undefined) return host[stream](text)
  const { fitInto } = await import('../views/fit.ts')
  host[stream](await fitInto(text, width))
}
