import { readdir, readFile } from 'node:fs/promises'
import { closestWord } from '../closest.ts'
import { UserError } from '../errors.ts'
import { packageFile } from '../package-file.ts'

/** A file to start from, and what it is for. */
export interface Preset {
  readonly name: string
  /** Its first sentence. */
  readonly about: string
  readonly text: string
}

/** What most should start from comes first. */
const FIRST = 'recommended'

/** The names of the presets in `configs/`. */
export async function presetNames(): Promise<string[]> {
  const files = await readdir(packageFile('configs'))
  const names = files.flatMap(file => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [])).sort()
  return [...names.filter(name => name === FIRST), ...names.filter(name => name !== FIRST)]
}

/** All presets. */
export async function presets(): Promise<Preset[]> {
  return Promise.all((await presetNames()).map(load))
}

/** One preset by its name. Throws `usage` where there is none. */
export async function findPreset(name: string): Promise<Preset> {
  const names = await presetNames()
  if (names.includes(name)) return load(name)
  const close = closestWord(name, names)
  throw new UserError(
    'usage',
    `There is no preset ${name}. ${close ? `Did you mean ${close}?` : `There are ${names.join(', ')}.`}`,
  )
}

async function load(name: string): Promise<Preset> {
  const text = await readFile(packageFile('configs', `${name}.yaml`), 'utf8')
  // The first comment after the line for editors: "Recommended: what most tenants should start from. …"
  const comment = /\n\n((?:# .*\n)+)/.exec(text)?.[1] ?? ''
  const sentence = /^(.*?\.)(\s|$)/.exec(comment.replace(/\n?# /g, ' ').trim())?.[1] ?? ''
  return { name, about: sentence.replace(/^[\w -]+: /, ''), text }
}
