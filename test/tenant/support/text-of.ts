import type { Readable } from 'node:stream'

/** All that a stream gives, as text. */
export async function textOf(stream: Readable): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const part of stream) text += part
  return text
}
