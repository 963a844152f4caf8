import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PKCS12 } from '../../support/pkcs12.ts'

const FOLDER = fileURLToPath(new URL('../../../configs', import.meta.url))

/** The presets by name, such as `minimal`. */
export const PRESETS: readonly string[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.yaml'))
  .map(file => file.replace(/\.yaml$/, ''))

/** The file that a preset is tried as. */
export const FILE = 'mfa-config.yaml'

/** A preset as it is kept, comments and all. */
export function textOf(name: string): string {
  return readFileSync(join(FOLDER, `${name}.yaml`), 'utf8')
}

/** What describes the presets. */
export function readme(): string {
  return readFileSync(join(FOLDER, 'README.md'), 'utf8')
}

/** A file with what its references need: a value for each environment variable, and the files beside it. */
export function given(text: string): {
  files: Record<string, string | Uint8Array>
  env: Record<string, string>
} {
  const env = Object.fromEntries(variablesIn(text).map(name => [name, `value-of-${name}`]))
  return {
    env,
    files: {
      [FILE]: text,
      'push.p12': Buffer.from(PKCS12.aes, 'base64'),
      'firebase.json': '{"type":"service_account"}',
      'base.yaml': 'policy: never',
    },
  }
}

/** The environment variables that a file refers to, sorted. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name]) => name ?? '').sort()
}

/** What stands at the top of a preset behind a heading, such as `Scopes to plan`: words, sorted. */
export function wordsAtTop(text: string, heading: string): string[] {
  const found = new RegExp(`^# ${heading}: (.*(?:\\n#   .*)*)$`, 'm').exec(text)
  return (found?.[1] ?? '')
    .split(/[\s#]+/)
    .filter(Boolean)
    .sort()
}

/** A setting that is commented out: without a space after the mark. */
const COMMENTED_OUT = /^(\s*)#((\$?\w+):.*)$/

/** The keys that a preset has commented out, in their order. */
export function commentedOut(text: string): string[] {
  return text.split('\n').flatMap(line => COMMENTED_OUT.exec(line)?.[3] ?? [])
}

/** A preset with what it has commented out, in place of the lines that those are alternatives to. */
export function withAlternatives(text: string): string {
  const instead = new Set(commentedOut(text))
  return text
    .split('\n')
    .filter(line => !instead.has(/^\s*(\w+):/.exec(line)?.[1] ?? ''))
    .map(line => line.replace(COMMENTED_OUT, '$1$2'))
    .join('\n')
}
