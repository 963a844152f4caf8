import { parseYaml } from '../config/source.ts'
import { type Problem, UserError } from '../errors.ts'
import { bareMarkersAsTexts, hideMarkers, showMarkers } from './marked.ts'

/**
 * What a file says, keywords as they are written, also without quotes. JSON is read as the YAML that it is, once it is
 * known to be JSON. Throws `config_invalid` with every place that does not parse, where places are known.
 */
export function parseFile(text: string, file: string, label: string): unknown {
  const isJson = file.endsWith('.json')
  const marked = hideMarkers(text.replace(/^\uFEFF/, ''), { hasComments: !isJson })
  const flaw = isJson ? flawOfJson(marked, label) : undefined
  const parsed = parseYaml(marked, file, label)
  const isPlaced = flaw?.line !== undefined
  if (Array.isArray(parsed) && !isPlaced) throw unparsable(label, parsed)
  if (Array.isArray(parsed) || flaw) throw unparsable(label, flaw ? [flaw] : [])
  return showMarkers(parsed.content)
}

function unparsable(label: string, problems: readonly Problem[]): UserError {
  return new UserError('config_invalid', `${label} does not parse.`, problems)
}

function flawOfJson(text: string, label: string): Problem | undefined {
  try {
    JSON.parse(bareMarkersAsTexts(text))
    return undefined
  } catch (error) {
    // The rest of this message can have a piece of the file in it, and that can be a secret.
    const [, position] = /at position (\d+)/.exec(String(error)) ?? []
    const flaw = { file: label, message: 'This is no JSON.' }
    if (position === undefined) return flaw
    const lines = text.slice(0, Number(position)).split('\n')
    return { ...flaw, line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  }
}
