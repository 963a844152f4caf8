import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePrivateFolder } from '../src/private-folder.ts'
import { emptyFolder } from './support/cli.ts'

test('a private folder that others could read is closed to them', async () => {
  const cwd = emptyFolder()
  mkdirSync(join(cwd, '.mfa-config', 'snapshots'), { recursive: true })
  for (const folder of ['.mfa-config', '.mfa-config/snapshots']) chmodSync(join(cwd, folder), 0o755)
  await makePrivateFolder(cwd, 'snapshots')
  for (const folder of ['.mfa-config', '.mfa-config/snapshots'])
    expect(statSync(join(cwd, folder)).mode & 0o777).toBe(0o700)
})

test.each([['.mfa-config'], ['.mfa-config/snapshots']])('%s that is a link is not followed', async name => {
  const cwd = emptyFolder()
  const elsewhere = emptyFolder()
  if (name.includes('/')) mkdirSync(join(cwd, '.mfa-config'))
  symlinkSync(elsewhere, join(cwd, name))
  await expect(makePrivateFolder(cwd, 'snapshots')).rejects.toThrow('is a link')
})
