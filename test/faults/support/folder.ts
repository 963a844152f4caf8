import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parseDocument } from 'yaml'

/** What is kept for a user in a folder, by its name below `.mfa-config`. */
export function keptIn(cwd: string): string[] {
  const folder = join(cwd, '.mfa-config')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** A draft that a killed run had no time to take away. Nothing ever reads it. */
export function isDraft(name: string): boolean {
  return name.endsWith('.tmp')
}

/** Expects that all that is kept is whole and for this user alone, but for the drafts of runs that were killed. */
export function expectWhole(cwd: string): void {
  for (const name of keptIn(cwd)) {
    const file = join(cwd, '.mfa-config', name)
    expect.soft(statSync(file).mode & 0o777, name).toBe(0o600)
    if (isDraft(name)) continue
    const text = readFileSync(file, 'utf8')
    if (name === 'sandbox.json') {
      expect(JSON.parse(text), name).toMatchObject({ format: 'mfa-config/sandbox/1' })
    } else if (name.startsWith('snapshots/')) {
      expect(name).toMatch(/^snapshots\/[\w.]+-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z(-\d+)?\.yaml$/)
      const document = parseDocument(text)
      expect(document.errors, name).toEqual([])
      expect(document.toJS(), name).toHaveProperty('factors')
      expect(text.endsWith('\n'), name).toBe(true)
    } else expect(['.gitignore', 'sandbox.json.key']).toContain(name)
  }
}
