import { describe, expect, it } from 'vitest'
import about from '../../package.json' with { type: 'json' }
import { run } from '../support/cli.ts'

const COMMANDS = ['show', 'plan', 'apply', 'validate', 'schema', 'sandbox']

describe('help', () => {
  it.each([['--help'], ['-h']])('%s is the result, and so on standard output', async flag => {
    const outcome = await run([flag])
    expect(outcome).toMatchObject({ code: 0, err: '', requests: [] })
    expect(outcome.out).toMatch(/^Usage: mfa-config /)
    for (const command of COMMANDS) expect(outcome.out).toMatch(new RegExp(`^ {2}${command} .*\\w`, 'm'))
  })

  it.each(COMMANDS)('of %s names the flags that are everywhere', async command => {
    const outcome = await run([command, '--help'])
    expect(outcome).toMatchObject({ code: 0, err: '' })
    expect(outcome.out).toMatch(new RegExp(`^Usage: mfa-config ${command} `))
    for (const flag of ['--config', '--domain', '--json', '--no-color', '--env-file', '--debug', '--help'])
      expect(outcome.out).toContain(flag)
  })

  it('comes on standard error, with 1, where a command is missing', async () => {
    const outcome = await run([])
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toMatch(/^Usage: mfa-config /)
  })
})

describe('the version', () => {
  it.each([['--version'], ['-V']])('%s', async flag => {
    expect(await run([flag])).toMatchObject({ code: 0, out: `${about.version}\n`, err: '' })
  })
})
