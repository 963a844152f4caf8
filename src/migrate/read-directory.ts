import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import { parseFile } from './read-file.ts'
import { MFA_SECTIONS, OTHER_SECTIONS, type Whereabouts } from './sections.ts'

/**
 * The sections of a folder in the Deploy CLI's directory form, by their names. Of those that are not about MFA only that
 * they are there. Throws `config_invalid` for what cannot be read or does not parse, and where there is only a file that
 * is meant to be named itself.
 */
export async function readDirectory(folder: string, label: string): Promise<Record<string, unknown>> {
  const sections: Record<string, unknown> = {}
  for (const [name, whereabouts] of Object.entries(MFA_SECTIONS)) {
    const content = await readSection(folder, label, whereabouts)
    if (content !== undefined) sections[name] = content
  }
  for (const [name, place] of Object.entries(OTHER_SECTIONS)) {
    if (existsSync(join(folder, place))) sections[name] = null
  }
  const yaml = (await namesIn(folder, label)).find(name => /^tenant\.ya?ml$/.test(name))
  if (Object.keys(sections).length === 0 && yaml !== undefined) {
    throw new UserError(
      'config_invalid',
      `${label} has the Deploy CLI's YAML form: name ${join(label, yaml)}.`,
    )
  }
  return sections
}

async function readSection(folder: string, label: string, place: Whereabouts): Promise<unknown> {
  if (place.file !== undefined) return readJson(join(folder, place.file), join(label, place.file))
  const items = place.folder ?? ''
  if (!existsSync(join(folder, items))) return undefined
  const names = await namesIn(join(folder, items), join(label, items))
  const files = names.filter(name => name.endsWith('.json')).sort()
  const contents = await Promise.all(
    files.map(name => readJson(join(folder, items, name), join(label, items, name))),
  )
  // The Deploy CLI leaves out files that say nothing.
  return contents.filter(content => !isRecord(content) || Object.keys(content).length > 0)
}

async function namesIn(folder: string, label: string): Promise<string[]> {
  return readdir(folder).catch(() => {
    throw new UserError('config_invalid', `${label} is no folder that can be read.`)
  })
}

/** What a JSON file says; `undefined` where there is none. */
async function readJson(file: string, label: string): Promise<unknown> {
  if (!existsSync(file)) return undefined
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UserError('config_invalid', `${label} cannot be read.`)
  })
  const content = parseFile(text, file, label)
  if (typeof content !== 'object' || content === null) {
    throw new UserError('config_invalid', `${label} has to be a JSON object or list.`)
  }
  return content
}
