import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../errors.ts'
import { isRecord } from '../record.ts'
import type { DeployCliTenant } from './deploy-cli.ts'
import { readDirectory } from './read-directory.ts'
import { parseFile } from './read-file.ts'
import { isMfaSection, isOtherSection, MFA_SECTIONS } from './sections.ts'

/**
 * Reads what the Deploy CLI deploys: a file such as `tenant.yaml`, or the folder of its directory form. `label` is how
 * messages name it. Throws `config_not_found` where there is nothing, and `config_invalid`, with places where they are
 * known, for what does not parse, is none of the Deploy CLI's, or has nothing to do with MFA.
 */
export async function readDeployCli(path: string, label: string = path): Promise<DeployCliTenant> {
  const sections = (await isFolder(path, label))
    ? await readDirectory(path, label)
    : await readYaml(path, label)
  const names = Object.keys(sections)
  if (!names.some(name => isMfaSection(name) || isOtherSection(name))) {
    throw new UserError(
      'config_invalid',
      `${label} is no export of the Deploy CLI: it has none of its sections, such as guardianFactors.`,
    )
  }
  if (!names.some(isMfaSection)) {
    throw new UserError(
      'config_invalid',
      `${label} has nothing about MFA: none of ${Object.keys(MFA_SECTIONS).join(', ')}.`,
    )
  }
  return { label, sections }
}

async function isFolder(path: string, label: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined)
  if (!about) throw new UserError('config_not_found', `There is no file or folder ${label}.`)
  return about.isDirectory()
}

async function readYaml(file: string, label: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UserError('config_invalid', `${label} cannot be read.`)
  })
  const content = parseFile(text, file, label)
  if (content === undefined || content === null) throw new UserError('config_invalid', `${label} is empty.`)
  if (!isRecord(content)) {
    throw new UserError(
      'config_invalid',
      `${label} is no export of the Deploy CLI: ${basename(label)} has to be an object of sections.`,
    )
  }
  // `tenant: acme.eu.auth0.com` is a file of this tool's own.
  return Object.fromEntries(
    Object.entries(content).filter(([name, value]) => name !== 'tenant' || typeof value !== 'string'),
  )
}
